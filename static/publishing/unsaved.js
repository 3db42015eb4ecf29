// Keeps what is typed into a page's form on the server until it is saved, and offers it again after a crash or a
// log-out. Nothing is stored in the browser, where the next person at this machine could read it.
(() => {
  const box = document.getElementById("unsaved")
  const texts = box.dataset
  const TICK = 5000
  // Kept when nobody has typed for this long, and while somebody types at least this often: within 30 seconds.
  const QUIET = 10000
  const LONGEST = 20000
  // What a browser sends on while the tab is being closed.
  const LARGEST_WHEN_LEAVING = 60000
  // Of a long text the offer shows so many characters, so many of them unchanged.
  const MOST_SHOWN = 300
  const BEFORE_SHOWN = 60
  const NEVER = new Set(["submit", "button", "reset", "image", "file", "password", "hidden"])
  const ROW = /^(.+)-(\d+)-([^-]+)$/

  const editors = new WeakMap()
  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => editors.set(textarea, editor))

  let form
  // What the server had when the form was opened, until it is restored or discarded.
  let kept = {}
  let labels = {}
  let lastSent = ""
  let seen = ""
  let seenAt = 0
  let waitingSince = 0
  let isSubmitting = false
  let isFailing = false
  let isLoggedOut = false

  const byId = (id) => document.getElementById(id)
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
  const fill = (text, words) => text.replace(/%\((\w+)\)s/g, (_all, name) => words[name])

  function tell(...parts) {
    byId("unsaved-status").replaceChildren(...parts)
  }

  // Reading the form

  function groups() {
    const found = new Map()
    for (const element of form.elements) {
      const isKept = element.name && !NEVER.has(element.type) && !element.name.includes("__prefix__")
      if (!isKept || !element.willValidate || element.closest(".prose-menubar, .select2, dialog")) continue
      if (!found.has(element.name)) found.set(element.name, [])
      found.get(element.name).push(element)
    }
    return found
  }

  function isTicked(elements) {
    return elements[0].type === "checkbox" || elements[0].type === "radio"
  }

  // Of a choice, nothing chosen and the empty line chosen are the same.
  function read(elements, isOn, textOf) {
    return elements.flatMap((element) => {
      if (element.options) return [...element.options].filter((each) => each.value && isOn(each, "selected")).map((each) => each.value)
      if (isTicked(elements)) return isOn(element, "checked") ? [element.value] : []
      return [textOf(element)]
    })
  }

  const current = (elements) => read(elements, (each, property) => each[property], (each) => each.value)

  const DEFAULTS = { selected: "defaultSelected", checked: "defaultChecked" }

  // What the server sent.
  function original(elements) {
    const values = read(elements, (each, property) => each[DEFAULTS[property]], (each) => each.defaultValue)
    const [element] = elements
    // A browser shows the first line where none was chosen; one that searches has no lines but those chosen since.
    const isList = element.options?.length && !element.multiple && !element.classList.contains("admin-autocomplete")
    const isUnchosen = isList && ![...element.options].some((option) => option.defaultSelected)
    return isUnchosen && element.options[0].value ? [element.options[0].value] : values
  }

  function normal(value) {
    // A browser gives line ends of a textarea as \n, whatever the server sent.
    return value.map((each) => each.replace(/\r\n?/g, "\n"))
  }

  function typed() {
    const values = {}
    for (const [name, elements] of groups()) {
      const now = normal(current(elements))
      if (same(now, normal(original(elements)))) continue
      values[name] = now
      const [, prefix, number] = ROW.exec(name) ?? []
      const id = prefix && form.elements[`${prefix}-${number}-id`]
      // A row is known by its number in the database: others may have added or removed rows by then.
      if (id) values[`${prefix}-${number}-id`] = [id.value]
      for (const element of elements) rememberLabels(name, element)
    }
    return values
  }

  // A select that searches holds only the options that were chosen.
  function rememberLabels(name, element) {
    if (!element.classList.contains("admin-autocomplete")) return
    labels[name] = Object.fromEntries([...element.selectedOptions].map((each) => [each.value, each.text]))
  }

  // Keeping

  function content() {
    const values = { ...kept, ...typed() }
    return JSON.stringify({ version: form.elements.version.value, values, labels })
  }

  function request(method, options = {}) {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Form-Of": texts.user }
    return fetch(texts.url, { method, headers, redirect: "manual", credentials: "same-origin", ...options })
  }

  async function isStillLoggedIn() {
    const answer = await request("GET")
    if (answer.status !== 200) return false
    form.elements.csrfmiddlewaretoken.value = (await answer.json()).token
    return true
  }

  async function send(isLeaving = false) {
    const body = content()
    if (body === lastSent) return true
    try {
      // Whoever has logged in again has a new token.
      if (isLoggedOut && !(await isStillLoggedIn())) return false
      const post = () => request("POST", { body, keepalive: isLeaving && body.length < LARGEST_WHEN_LEAVING })
      let answer = await post()
      if (answer.status === 403 && (await isStillLoggedIn())) answer = await post()
      return judge(answer, body, answer.status === 400 ? (await answer.json()).error : "")
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      // fetch says so when no answer came.
      if (!isLeaving) fail(texts.unreachable)
      return false
    }
  }

  function judge(answer, body, refusal) {
    if (answer.status === 204) {
      tell(isFailing ? texts.again : "")
      lastSent = body
      isFailing = isLoggedOut = false
      waitingSince = 0
      return true
    }
    isLoggedOut = answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 409
    if (isLoggedOut) fail(`${texts.loggedOut} `, logInLink())
    else fail(refusal || texts.unreachable)
    return false
  }

  function fail(...parts) {
    // Said once: the same words again would be read out every few seconds.
    const already = byId("unsaved-status").textContent
    if (!isFailing || !already.startsWith(parts[0])) tell(...parts)
    isFailing = true
  }

  function logInLink() {
    const link = document.createElement("a")
    link.href = texts.login
    link.target = "_blank"
    link.rel = "noopener"
    link.textContent = texts.logIn
    return link
  }

  function tick() {
    if (isSubmitting) return
    const now = Date.now()
    const body = content()
    if (body !== seen) {
      seen = body
      seenAt = now
    }
    if (body === lastSent) {
      waitingSince = 0
      return
    }
    waitingSince ||= now
    if (now - seenAt >= QUIET || now - waitingSince >= LONGEST) send()
  }

  // Offering it again

  function rowFor(name, values, taken) {
    const [, prefix, number, field] = ROW.exec(name) ?? []
    const total = prefix && form.elements[`${prefix}-TOTAL_FORMS`]
    if (!total) return { name, group: "", number: 0, isThere: Boolean(form.elements[name]) }
    const id = values[`${prefix}-${number}-id`]?.[0] ?? ""
    const key = `${prefix}-${number}`
    if (!taken.has(key)) taken.set(key, id ? rowWithId(prefix, Number(total.value), id) : freeRow(prefix, total, taken))
    const at = taken.get(key)
    const title = byId(`${prefix}-heading`) ?? document.querySelector(`#${CSS.escape(prefix)}-group h2`)
    return { name: `${prefix}-${at}-${field}`, prefix, at, group: title?.textContent.trim() ?? prefix, id, isThere: at !== null }
  }

  function rowWithId(prefix, total, id) {
    for (let at = 0; at < total; at += 1) if (form.elements[`${prefix}-${at}-id`]?.value === id) return at
    return null
  }

  // The next new row that nothing was typed into; it may have to be added first.
  function freeRow(prefix, total, taken) {
    const used = new Set([...taken].filter(([key]) => key.startsWith(`${prefix}-`)).map(([, at]) => at))
    for (let at = Number(form.elements[`${prefix}-INITIAL_FORMS`].value); ; at += 1) {
      if (!used.has(at) && (at >= Number(total.value) || isUntouched(prefix, at))) return at
    }
  }

  function isUntouched(prefix, at) {
    return [...groups()]
      .filter(([name]) => name.startsWith(`${prefix}-${at}-`))
      .every(([, elements]) => same(current(elements), original(elements)))
  }

  function addRows(prefix, at) {
    const total = form.elements[`${prefix}-TOTAL_FORMS`]
    while (Number(total.value) <= at) {
      const before = total.value
      document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click()
      if (total.value === before) return
    }
  }

  function differences(values) {
    const taken = new Map()
    const shown = groups()
    return Object.entries(values)
      .filter(([name]) => !(ROW.test(name) && name.endsWith("-id")))
      .map(([name, wanted]) => ({ wanted, from: name, ...rowFor(name, values, taken) }))
      .filter(({ name, wanted }) => !shown.has(name) || !same(normal(current(shown.get(name))), normal(wanted)))
  }

  function labelOf({ name, group, id, at }) {
    const field = form.elements[name]
    const element = field instanceof RadioNodeList ? field[0] : field
    const own = element && (element.getAttribute("aria-label") || document.querySelector(`label[for="${CSS.escape(element.id)}"]`)?.textContent)
    const text = (own || name.replace(/^.*-/, "")).replace(/:\s*$/, "").trim()
    if (!group) return text
    return fill(id ? texts.row : texts.newRow, { group, number: at === null ? "?" : at + 1, field: text })
  }

  function inWords({ name, from, wanted, isThere }, stored) {
    const field = form.elements[name]
    if (field?.type === "checkbox") return wanted.length ? texts.ticked : texts.unticked
    const words = wanted.map((value) => stored.labels[from]?.[value] ?? optionText(field, value) ?? withoutMarkup(value))
    const said = fromTheChange(words.join(", ").trim(), withoutMarkup(field?.value ?? "")) || texts.emptied
    return isThere ? said : `${said}\n${texts.lost}`
  }

  // A long text from where it begins to differ from what is in the form.
  function fromTheChange(text, now) {
    let at = 0
    while (at < text.length && text[at] === now[at]) at += 1
    const start = text.length > MOST_SHOWN ? Math.max(0, Math.min(at - BEFORE_SHOWN, text.length - MOST_SHOWN)) : 0
    const end = start + MOST_SHOWN
    return `${start ? "… " : ""}${text.slice(start, end).trim()}${end < text.length ? " …" : ""}`
  }

  function optionText(field, value) {
    return field?.options && [...field.options].find((option) => option.value === value)?.text
  }

  function withoutMarkup(value) {
    if (!value.startsWith("<")) return value
    const blocks = new DOMParser().parseFromString(value, "text/html").body.children
    return [...blocks].map((block) => block.textContent).join("\n")
  }

  function offer(stored) {
    const found = differences(stored.values)
    kept = stored.values
    labels = stored.labels
    lastSent = seen = content()
    // A form that was sent and refused shows it already.
    if (!found.length) return
    byId("unsaved-when").textContent = texts.when.replace("%s", stored.typed_at)
    byId("unsaved-stale").hidden = stored.version === form.elements.version.value
    byId("unsaved-fields").replaceChildren(...found.flatMap((each) => [
      term("dt", labelOf(each)),
      term("dd", inWords(each, stored)),
    ]))
    byId("unsaved-restore").addEventListener("click", () => restore(stored))
    byId("unsaved-discard").addEventListener("click", discard)
    byId("unsaved-offer").hidden = false
  }

  function term(tag, text) {
    const element = document.createElement(tag)
    element.textContent = text
    return element
  }

  function restore(stored) {
    const found = differences(stored.values)
    for (const { prefix, at } of found) if (prefix && at !== null) addRows(prefix, at)
    const shown = groups()
    const put = found.filter(({ name }) => shown.has(name))
    for (const { name, from, wanted } of put) write(shown.get(name), wanted, stored.labels[from] ?? {})
    const lost = found.filter((each) => !put.includes(each))
    // What has no place in the form any more stays on the server, until it is discarded or the draft is saved.
    kept = Object.fromEntries(lost.map(({ from, wanted }) => [from, wanted]))
    byId("unsaved-restore").disabled = true
    if (!lost.length) byId("unsaved-offer").hidden = true
    tell(texts.restored)
    const first = put[0] && shown.get(put[0].name)[0]
    if (first) focus(first)
  }

  function focus(element) {
    element.closest("details")?.setAttribute("open", "")
    const editor = editors.get(element)
    if (editor) editor.view.dom.focus()
    else element.focus()
  }

  function write(elements, values, names) {
    const [element] = elements
    if (element.options) choose(element, values, names)
    else if (isTicked(elements)) for (const each of elements) each.checked = values.includes(each.value)
    else if (editors.has(element)) editors.get(element).commands.setContent(values[0])
    else [element.value] = values
    element.dispatchEvent(new Event("change", { bubbles: true }))
  }

  function choose(select, values, names) {
    const known = new Set([...select.options].map((option) => option.value))
    for (const value of values) if (!known.has(value)) select.add(new Option(names[value] ?? value, value))
    for (const option of select.options) option.selected = values.includes(option.value)
    if (!values.length && !select.multiple) select.value = ""
    // select2 hears jQuery only.
    django.jQuery(select).trigger("change")
  }

  async function discard() {
    kept = {}
    labels = {}
    byId("unsaved-offer").hidden = true
    lastSent = seen = content()
    await request("DELETE")
  }

  async function begin() {
    form = byId(texts.form)
    if (!form) return
    lastSent = seen = content()
    setInterval(tick, TICK)
    document.addEventListener("visibilitychange", () => document.hidden && !isSubmitting && send(true))
    window.addEventListener("pagehide", () => isSubmitting || send(true))
    form.addEventListener("submit", submitting)
    const answer = await request("GET")
    if (answer.status !== 200) return
    const { kept: stored } = await answer.json()
    if (stored) offer(stored)
  }

  async function submitting(event) {
    if (!isLoggedOut) {
      isSubmitting = true
      // Still here after that: the browser has given up, or the answer was no page.
      setTimeout(() => { isSubmitting = false }, 20000)
      return
    }
    // The log-in page would swallow the text.
    event.preventDefault()
    lastSent = ""
    if (await send()) form.requestSubmit(event.submitter)
  }

  if (document.readyState === "complete") begin()
  else window.addEventListener("load", begin)
})()
