// The moderation desk with the keyboard. Everything here can be done with buttons, without this script.

const desk = document.querySelector(".desk")
const status = document.getElementById("desk-status")
const help = document.getElementById("desk-help")
const items = [...desk.querySelectorAll(".desk-item")]
const OPEN_AFTER = 400

const say = (words) => {
  // Emptied first, so that the same words are read out again.
  status.textContent = ""
  setTimeout(() => { status.textContent = words }, 50)
}

// The current comment

const current = () => desk.querySelector(".desk-item[aria-current]")
let timer = null

const tellOthers = async (item) => {
  const token = desk.querySelector("[name=csrfmiddlewaretoken]")
  if (!token || item.dataset.opened) return
  item.dataset.opened = "yes"
  const body = new URLSearchParams({ item: item.dataset.item, csrfmiddlewaretoken: token.value })
  try {
    const answer = await fetch(desk.dataset.open, { method: "POST", body })
    if (!answer.ok || answer.redirected) return
    const { other } = await answer.json()
    const line = item.querySelector(".desk-opened")
    line.hidden = !other
    line.textContent = other ? desk.dataset.openedBy.replace("%s", () => other) : ""
    if (other) say(line.textContent)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Without a connection the comment stays unmarked; the decision is checked anyway.
  }
}

const makeCurrent = (item) => {
  if (item.hasAttribute("aria-current") && timer) return
  for (const other of items) other.toggleAttribute("aria-current", false)
  item.setAttribute("aria-current", "true")
  clearTimeout(timer)
  timer = setTimeout(tellOthers, OPEN_AFTER, item)
}

const goTo = (item) => {
  makeCurrent(item)
  item.focus({ preventScroll: true })
  item.scrollIntoView({ block: "start" })
}

const step = (by) => {
  const place = items.indexOf(current())
  const item = place < 0 ? items[by > 0 ? 0 : -1] : items[place + by]
  item ? goTo(item) : say(desk.dataset.noMore)
}

// Forms

const firstField = (fold) =>
  fold.querySelector("input[type=radio]:checked") ??
  fold.querySelector("input[type=radio], textarea")

const unfold = (fold) => {
  fold.open = true
  firstField(fold).focus()
}

const press = (action) => {
  const control = current()?.querySelector(`[data-do="${action}"]`)
  if (!control) return say(desk.dataset.notHere)
  if (control.matches("details")) return unfold(control)
  control.click()
}

// The same form is sent once, however often its button is pressed before the answer comes.
let isSent = false
desk.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return
  if (isSent) event.preventDefault()
  isSent = true
})
addEventListener("pageshow", () => { isSent = false })

// A prepared text is filled in by the server, and put where the cursor is.
const insert = async (button) => {
  const form = button.form
  const field = form.elements[button.dataset.insert]
  const body = new URLSearchParams(new FormData(form, button))
  body.set(field.name, "")
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body })
    const found = answer.redirected ? {} : await answer.json()
    if (found.text === undefined) return say(found.problem ?? desk.dataset.failed)
    field.setRangeText(found.text, field.selectionStart, field.selectionEnd, "end")
    field.focus()
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error
    say(desk.dataset.failed)
  }
}

desk.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]")
  if (!button) return
  event.preventDefault()
  insert(button)
})

// Selecting

const several = document.getElementById("desk-several")
const count = desk.querySelector(".desk-several-count")

const countSelected = () => {
  const selected = desk.querySelectorAll("[name=chosen]:checked").length
  count.hidden = !selected
  count.textContent = desk.dataset.selected.replace("%s", selected)
}

const select = () => {
  press("select")
  say(count.textContent)
}

// Keys

const actions = {
  next: () => step(1),
  previous: () => step(-1),
  approve: () => press("approve"),
  reject: () => press("reject"),
  spam: () => press("spam"),
  reply: () => press("reply"),
  task: () => press("task"),
  note: () => press("note"),
  block: () => press("block"),
  open: () => {
    const link = current()?.querySelector('[data-do="open"]')
    link ? window.open(link.href, "_blank", "noopener") : say(desk.dataset.notHere)
  },
  select,
  undo: () => {
    const button = document.querySelector('#desk-last [data-do="undo"]')
    button ? button.click() : say(desk.dataset.failed)
  },
  help: () => help.showModal(),
}
const keys = new Map([...help.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each.dataset.action]))

const isField = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")

const rejectFor = (event) => {
  // A digit in the form of a rejection rejects for that rule at once. In a field it is what somebody types, and where the
  // key that opens the form is switched off, so are the digits.
  if (![...keys.values()].includes("reject") || !/^[1-9]$/.test(event.key)) return false
  if (event.target.matches("textarea, select")) return false
  const rule = event.target.closest('[data-do="reject"][open]')?.querySelector(`[data-digit="${event.key}"]`)
  if (!rule) return false
  rule.checked = true
  rule.form.requestSubmit(rule.form.querySelector("[value=reject]"))
  return true
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return
  const fold = event.target.closest?.(".desk-actions details[open]")
  if (event.key === "Escape" && fold) {
    fold.open = false
    goTo(fold.closest(".desk-item"))
    return
  }
  // A key held down decides nothing, also on the page that comes next.
  const isStep = ["next", "previous"].includes(keys.get(event.key))
  if (event.repeat && !isStep) return
  if (rejectFor(event)) {
    event.preventDefault()
    return
  }
  if (isField(event.target) || !keys.has(event.key)) return
  event.preventDefault()
  actions[keys.get(event.key)]()
})

// Beginning

desk.addEventListener("focusin", (event) => {
  const item = event.target.closest(".desk-item")
  if (item) makeCurrent(item)
})
desk.addEventListener("click", (event) => {
  const step = event.target.closest(".desk-steps a")
  const item = step && document.getElementById(step.hash.slice(1))
  if (!item) return
  event.preventDefault()
  goTo(item)
})
desk.querySelector(".desk-help").addEventListener("click", (event) => {
  event.preventDefault()
  help.showModal()
})
desk.addEventListener("change", (event) => { if (event.target.matches("[name=chosen]")) countSelected() })
for (const button of desk.querySelectorAll("[data-without-script]")) button.hidden = true
for (const hint of desk.querySelectorAll("[data-with-script]")) hint.hidden = false
if (several) countSelected()

const problem = desk.querySelector(".desk-problem")
const told = [...document.querySelectorAll(".messagelist li, #desk-last-title")].map((each) => each.textContent.trim())
if (current()) {
  const item = current()
  item.removeAttribute("aria-current")
  goTo(item)
}
// The browser itself goes to the fragment of the address once the page is loaded, so the problem comes after that.
if (problem) {
  const show = () => setTimeout(() => problem.focus())
  document.readyState === "complete" ? show() : addEventListener("load", show)
}
if (told.length) say(told.join(" "))
