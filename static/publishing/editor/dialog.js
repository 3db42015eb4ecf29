// Modal dialogs of the editor. They hang on the body: inside the page's form, Enter would save the page.
import { crel } from "django-prose-editor/editor"

const TYPING_PAUSE = 200
let count = 0

const button = (textContent, attributes) => crel("button", { type: "button", textContent, ...attributes })

function makeDialog(title) {
  const id = `editor-dialog-${++count}`
  const heading = crel("h2", { id, textContent: title })
  const dialog = crel("dialog", { className: "editor-dialog", "aria-labelledby": id }, [heading])
  let finish
  const answer = new Promise((resolve) => {
    finish = (result) => {
      dialog.close()
      dialog.remove()
      resolve(result)
    }
  })
  // Escape, and what else closes a dialog.
  dialog.addEventListener("close", () => finish(null))
  const show = (...contents) => {
    dialog.append(...contents)
    document.body.append(dialog)
    dialog.showModal()
  }
  return { answer, finish, show }
}

/** Waits for the answer of a dialog; the browser puts the cursor at the start of the box it gives the focus back to. */
export async function answerFor(editor, question) {
  const bookmark = editor.state.selection.getBookmark()
  const answer = await question
  const { tr } = editor.state
  editor.view.dispatch(tr.setSelection(bookmark.resolve(tr.doc)))
  editor.view.focus()
  return answer
}

class ResultList {
  constructor(id, render, onPick) {
    this.render = render
    this.items = []
    this.active = -1
    this.list = crel("ul", { id, className: "editor-dialog__results", role: "listbox" })
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) onPick(this.items[[...this.list.children].indexOf(option)])
    })
    // The field keeps the focus.
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
  }

  get item() {
    return this.items[this.active]
  }

  show(items) {
    this.items = items
    this.list.replaceChildren(
      ...items.map((item, index) =>
        crel("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" }, this.render(item)),
      ),
    )
    this.activate(items.length ? 0 : -1)
  }

  activate(index) {
    this.active = index
    for (const [at, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(at === index))
      if (at === index) option.scrollIntoView({ block: "nearest" })
    }
  }

  move(key) {
    const last = this.items.length - 1
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[key]
    if (!step || last < 0) return false
    this.activate(Math.max(0, Math.min(last, this.active + step)))
    return true
  }
}

function searchField(id, listId) {
  return crel("input", {
    id,
    type: "search",
    autocomplete: "off",
    spellcheck: false,
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "true",
    "aria-controls": listId,
  })
}

/** Lets the editor search and choose; resolves to the chosen item or null. `render(item)` gives the nodes of one row. */
export function searchDialog({ texts, search, render }) {
  const prefix = `editor-search-${++count}`
  const { answer, finish, show: showDialog } = makeDialog(texts.title)
  const pick = (item) => item && finish(item)
  const results = new ResultList(`${prefix}-results`, render, pick)
  const input = searchField(`${prefix}-input`, results.list.id)
  const status = crel("p", { className: "editor-dialog__status", role: "status" })
  const insert = button(texts.insert, { className: "editor-dialog__primary" })
  const cancel = button(texts.cancel)
  results.list.setAttribute("aria-label", texts.title)

  const sync = () => {
    insert.disabled = !results.item
    if (results.item) input.setAttribute("aria-activedescendant", `${results.list.id}-${results.active}`)
    else input.removeAttribute("aria-activedescendant")
  }
  const show = (items, text) => {
    results.show(items)
    status.textContent = text
    sync()
  }

  let request = null
  const run = async () => {
    request = new AbortController()
    const { signal } = request
    try {
      const items = await search(input.value.trim(), signal)
      if (!signal.aborted) show(items, items.length ? texts.found.replace("%s", items.length) : texts.nothing)
    } catch {
      if (!signal.aborted) show([], texts.failed)
    }
  }
  let timer = null
  const searchAfter = (pause) => {
    request?.abort()
    clearTimeout(timer)
    // Rows of the words before are gone at once: Enter can never insert what was not searched for.
    show([], texts.searching)
    timer = setTimeout(run, pause)
  }

  input.addEventListener("input", () => searchAfter(TYPING_PAUSE))
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    if (results.move(event.key)) sync()
    else if (event.key === "Enter") pick(results.item)
    else return
    event.preventDefault()
  })
  insert.addEventListener("click", () => pick(results.item))
  cancel.addEventListener("click", () => finish(null))

  const label = crel("label", { htmlFor: input.id, textContent: texts.search })
  const buttons = crel("div", { className: "editor-dialog__buttons" }, [insert, cancel])
  showDialog(label, input, status, results.list, buttons)
  input.focus()
  searchAfter(0)
  return answer.finally(() => {
    request?.abort()
    clearTimeout(timer)
  })
}

/** Asks for one address; `check(value)` tells whether it may be stored. Resolves to the address or null. */
export function addressDialog({ texts, value, check }) {
  const prefix = `editor-address-${++count}`
  const { answer, finish, show } = makeDialog(texts.title)
  const input = crel("input", {
    id: `${prefix}-input`,
    type: "text",
    inputMode: "url",
    autocomplete: "off",
    spellcheck: false,
    value,
    "aria-describedby": `${prefix}-help ${prefix}-error`,
  })
  const help = crel("p", { id: `${prefix}-help`, className: "editor-dialog__help", textContent: texts.help })
  const error = crel("p", { id: `${prefix}-error`, className: "editor-dialog__error", role: "alert" })
  const save = button(texts.save, { className: "editor-dialog__primary" })
  const cancel = button(texts.cancel)
  const accept = () => {
    const address = input.value.trim()
    if (check(address)) {
      finish(address)
      return
    }
    error.textContent = texts.refused
    input.setAttribute("aria-invalid", "true")
    input.focus()
  }
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    accept()
  })
  save.addEventListener("click", accept)
  cancel.addEventListener("click", () => finish(null))
  const label = crel("label", { htmlFor: input.id, textContent: texts.address })
  const buttons = crel("div", { className: "editor-dialog__buttons" }, [save, cancel])
  show(label, help, input, error, buttons)
  input.focus()
  input.select()
  return answer
}
