// Suggestions while somebody types a search: a combobox with a list, as the ARIA Authoring Practices have it.
const DELAY = 150 // milliseconds after the last key
const SHORTEST = 2 // letters

document.querySelectorAll("form[data-suggest]").forEach(suggestIn)

function suggestIn(form) {
  const input = form.elements.q
  const { suggest, suggestions } = form.dataset
  const list = document.createElement("ul")
  const status = document.createElement("p")
  let found = []
  let answered = "" // what they were found for
  let at = -1 // which of them the keyboard is on
  let timer = 0
  let asking = new AbortController()

  list.id = `${input.id}-suggestions`
  list.className = "suggestions"
  list.role = "listbox"
  list.ariaLabel = suggestions
  status.className = "visually-hidden"
  status.role = "status"
  input.after(list)
  form.append(status)
  input.role = "combobox"
  input.ariaAutoComplete = "list"
  input.setAttribute("aria-controls", list.id)
  show(false)

  const isLongEnough = () => [...input.value.trim()].length >= SHORTEST

  async function ask() {
    clearTimeout(timer)
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const query = new URLSearchParams({ q: input.value })
    const answer = await fetch(`${suggest}?${query}`, { signal }).catch(() => null)
    const data = answer?.ok ? await answer.json().catch(() => null) : null
    if (signal.aborted) return
    found = data?.suggestions ?? []
    answered = query.get("q")
    list.replaceChildren(...found.map(option))
    show(found.length > 0)
    status.textContent = `${suggestions}: ${found.length}`
  }

  function option({ text, title, kind }, number) {
    const item = document.createElement("li")
    item.id = `${list.id}-${number}`
    item.role = "option"
    item.append(part("name", text), part("kind", ` ${kind}`))
    if (text !== title) item.firstChild.append(part("title", ` – ${title}`))
    return item
  }

  function part(name, text) {
    const element = document.createElement("span")
    element.className = `suggestion-${name}`
    element.textContent = text
    return element
  }

  function show(isShown) {
    list.hidden = !isShown
    input.ariaExpanded = `${isShown}`
    move(-1)
  }

  function close() {
    clearTimeout(timer)
    asking.abort()
    status.textContent = ""
    show(false)
  }

  function forget() {
    close()
    found = []
  }

  function move(next) {
    list.children[at]?.removeAttribute("aria-selected")
    at = next
    const item = list.children[at]
    input.setAttribute("aria-activedescendant", item?.id ?? "")
    if (!item) return
    item.ariaSelected = "true"
    item.scrollIntoView({ block: "nearest" })
  }

  function step(by) {
    if (!found.length || answered !== input.value) return isLongEnough() && ask()
    if (list.hidden) show(true)
    const from = at < 0 && by < 0 ? 0 : at
    move((from + by + found.length) % found.length)
  }

  // Whoever says false leaves the key to the browser.
  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => at >= 0 && location.assign(found[at].url),
    Escape() {
      if (!list.hidden) return close()
      if (!input.value) return false
      input.value = ""
      forget()
    },
    Home: () => move(-1) ?? false,
  }
  keys.End = keys.ArrowLeft = keys.ArrowRight = keys.Home

  input.addEventListener("keydown", (event) => {
    if (event.key in keys && !event.isComposing && keys[event.key]() !== false) event.preventDefault()
  })
  input.addEventListener("input", () => {
    clearTimeout(timer)
    move(-1)
    if (isLongEnough()) timer = setTimeout(ask, DELAY)
    else forget()
  })
  input.addEventListener("blur", close)
  form.addEventListener("submit", close)
  window.addEventListener("pagehide", forget)
  // The field keeps the focus, and so the list stays until the click.
  list.addEventListener("mousedown", (event) => event.preventDefault())
  list.addEventListener("click", ({ target }) => {
    const number = [...list.children].indexOf(target.closest("li"))
    if (number >= 0) location.assign(found[number].url)
  })
}
