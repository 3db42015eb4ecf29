// A link to a condition or therapy shows what it leads to: under the pointer after a moment, with keyboard focus at once.
// Escape closes it, and the pointer may move onto it. A finger does not open it: a tap follows the link.
const LINK = "a.crosslink"
const DELAY = 250 // milliseconds before it opens under a pointer, and before it closes behind one
const GAP = 8 // pixels from the link; the style sheet bridges it for the pointer
const MARGIN = 12 // pixels from the edge of the window

const definitions = JSON.parse(document.getElementById("crosslink-definitions").textContent)
const card = document.createElement("div")
const title = document.createElement("p")
const text = document.createElement("p")
let link = null // whose definition is shown
let timer = 0

card.id = "definition"
card.className = "definition"
card.role = "tooltip"
card.hidden = true
card.append(title, text)
document.querySelector("main").append(card)

const hasKeyboardFocus = (element) => element.matches(`${LINK}:focus-visible`)

function later(action) {
  clearTimeout(timer)
  timer = setTimeout(action, DELAY)
}

function show(next, pointerY) {
  hide()
  link = next
  title.textContent = definitions[link.getAttribute("href")].title
  text.textContent = definitions[link.getAttribute("href")].text
  link.setAttribute("aria-describedby", card.id)
  card.hidden = false
  place(pointerY)
}

function hide() {
  clearTimeout(timer)
  card.hidden = true
  link?.removeAttribute("aria-describedby")
  link = null
}

// Below the link, or above it where there is no room or the pointer is on an upper line of a wrapped link: never over it.
function place(pointerY) {
  const view = window.visualViewport
  card.style.setProperty("--room", `${view.width - 2 * MARGIN}px`)
  const lines = [...link.getClientRects()]
  const last = lines.at(-1)
  const line = lines.find(({ top, bottom }) => top <= pointerY && pointerY <= bottom) ?? last
  const { top, bottom } = link.getBoundingClientRect()
  const { width, height } = card.getBoundingClientRect()
  const [above, below] = [top - GAP - height, bottom + GAP]
  const fitsAbove = above >= view.offsetTop + MARGIN
  const fitsBelow = below + height + MARGIN <= view.offsetTop + view.height
  const start = view.offsetLeft + MARGIN
  const end = view.offsetLeft + view.width - MARGIN - width
  const left = Math.max(start, Math.min(line.left, end))
  card.style.setProperty("--left", `${left + window.scrollX}px`)
  card.style.setProperty("--top", `${(fitsAbove && (line !== last || !fitsBelow) ? above : below) + window.scrollY}px`)
}

document.addEventListener("pointerover", ({ target, pointerType, clientY }) => {
  const over = target.closest(LINK)
  if (pointerType === "touch") hide()
  else if (card.contains(target) || (over && over === link)) clearTimeout(timer)
  else if (over) later(() => show(over, clientY))
  else leave()
})
document.documentElement.addEventListener("pointerleave", leave)

// The definition of a link that has keyboard focus stays, or comes back.
function leave() {
  const focused = document.activeElement
  if (!link) clearTimeout(timer)
  else if (!hasKeyboardFocus(focused)) later(hide)
  else if (link !== focused) later(() => show(focused))
}

document.addEventListener("focusin", ({ target }) => {
  if (!hasKeyboardFocus(target)) return
  show(target)
  // In a very low window neither side may have room.
  card.scrollIntoView({ block: "nearest" })
})
document.addEventListener("focusout", ({ target }) => target === link && hide())
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide())
window.addEventListener("pagehide", hide)
window.addEventListener("resize", () => link && place())
