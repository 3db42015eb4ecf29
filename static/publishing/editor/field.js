// What an editor box needs to be used without seeing it: a name, an error state, and a toolbar with one tab stop.
const TOGGLES = /^(paragraph|heading\d|blockquote|orderedList|bold|italic|subscript|superscript|link|help:.+|table:caption)$/

function nameBox(textarea, box) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)
  if (!label) return ""
  label.id ||= `${textarea.id}_label`
  box.setAttribute("aria-labelledby", label.id)
  box.setAttribute("aria-multiline", "true")
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) box.setAttribute(name, textarea.getAttribute(name))
  }
  // The label belongs to the textarea, which is hidden.
  label.addEventListener("click", () => box.focus())
  return label.textContent.trim().replace(/:$/, "")
}

function describeButtons(buttons) {
  for (const button of buttons) {
    if (TOGGLES.test(button.dataset.name)) {
      button.setAttribute("aria-pressed", String(button.classList.contains("active")))
    }
    button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
  }
}

function moveFocus(event, buttons) {
  const last = buttons.length - 1
  const at = buttons.indexOf(document.activeElement)
  const goals = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }
  if (!(event.key in goals)) return
  event.preventDefault()
  buttons[goals[event.key]].focus()
}

function prepareToolbar(toolbar, box, editor, name) {
  const shown = () => [...toolbar.querySelectorAll("button:not(.hidden)")]
  let current = null
  const sync = () => {
    const buttons = shown()
    if (!buttons.includes(current)) current = buttons[0]
    for (const button of buttons) button.tabIndex = button === current ? 0 : -1
    describeButtons(buttons)
  }
  toolbar.setAttribute("role", "toolbar")
  toolbar.setAttribute("aria-label", name)
  toolbar.addEventListener("focusin", (event) => {
    current = event.target
    sync()
  })
  toolbar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.focus()
    else moveFocus(event, shown())
  })
  box.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") current.focus()
  })
  editor.on("transaction", sync)
  sync()
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const box = editor.view.dom
  const name = nameBox(textarea, box)
  const addToolbar = () => {
    const toolbar = box.parentElement.querySelector(".prose-menubar")
    if (toolbar) prepareToolbar(toolbar, box, editor, textarea.dataset.toolbarLabel.replace("%s", name))
  }
  // The toolbar is made a moment after the box.
  if (editor.isInitialized) addToolbar()
  else editor.on("create", addToolbar)
})
