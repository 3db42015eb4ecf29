// Asks a search address of the site. Answers to `?q=words` and to `?key=a&key=b` (name= for pictures) look alike:
// {"results": [{"key": "ema-kiovig", "label": "…"}]} or {"results": [{"name": "…", "label": "…", "preview": "/…"}]}

const WAIT_FOR_MORE = 30

export const textareaOf = (editor) => editor.options.element.querySelector(":scope > textarea")

export class Lookup {
  static #all = new Map()

  static for(editor, attribute, id) {
    const address = textareaOf(editor).getAttribute(attribute)
    if (!Lookup.#all.has(address)) Lookup.#all.set(address, new Lookup(address, id))
    return Lookup.#all.get(address)
  }

  #known = new Map()
  #asked = new Map()
  #timer = null

  constructor(address, id) {
    this.address = address
    this.id = id
  }

  async search(words, signal) {
    const items = await this.#get([["q", words]], signal)
    for (const item of items) this.#known.set(item[this.id], Promise.resolve(item))
    return items
  }

  // One item by its key, or null; keys asked for at about the same time travel together.
  find(key) {
    if (!this.#known.has(key)) {
      this.#known.set(key, new Promise((resolve) => this.#asked.set(key, resolve)))
      this.#timer ??= setTimeout(() => this.#askTogether(), WAIT_FOR_MORE)
    }
    return this.#known.get(key)
  }

  async #askTogether() {
    const asked = new Map(this.#asked)
    this.#asked.clear()
    this.#timer = null
    const found = await this.#get([...asked.keys()].map((key) => [this.id, key])).catch(() => null)
    for (const [key, resolve] of asked) {
      if (!found) this.#known.delete(key)
      // Without an answer nothing is known, which is not the same as unknown.
      resolve(found ? found.find((item) => item[this.id] === key) || null : undefined)
    }
  }

  async #get(parameters, signal) {
    const response = await fetch(`${this.address}?${new URLSearchParams(parameters)}`, {
      headers: { Accept: "application/json" },
      signal,
    })
    if (!response.ok) throw new Error(`${this.address} answered ${response.status}`)
    return (await response.json()).results
  }
}
