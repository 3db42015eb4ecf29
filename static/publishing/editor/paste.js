// Pasted HTML is put in order before the schema takes what it knows: above all what word processors write.
import { Extension } from "django-prose-editor/editor"
import { forEditing, renamed } from "immunoportal-editor/tables"

// Parsing an inline style or handler, even far from the page, is a breach of the security policy: they travel as data.
const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi
const INLINE_CODE = /([\s"'/])(style|on\w+)(?=\s*=)/gi
const STYLE_ELEMENT = /<style\b[^]*?<\/style\s*>/gi
const MEANT_BY_STYLE = [
  [/(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)/i, "strong"],
  [/(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)/i, "em"],
  [/(?:^|;)\s*vertical-align\s*:\s*super/i, "sup"],
  [/(?:^|;)\s*vertical-align\s*:\s*sub/i, "sub"],
]
const NOT_BOLD = /(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-4]00)/i
const WORD_LEVEL = /mso-list:[^;]*\blevel(\d)/i
const NUMBERED = /^\s*(\d{1,3}|[a-z]|[ivx]+)[.)]/i
// As on the server: kept only between a number and its unit.
const LOOSE_NO_BREAK_SPACE = /(?<!\d)\u00a0|\u00a0(?![\p{L}%‰°µΩ])/gu

const withoutInlineCode = (html) =>
  html.replace(STYLE_ELEMENT, "").replace(TAG, (tag) => tag.replace(INLINE_CODE, "$1data-$2"))

const styleOf = (element) => element.dataset.style || ""

function meaningOfStyles(root) {
  for (const element of root.querySelectorAll("[data-style]")) {
    const style = styleOf(element)
    element.removeAttribute("data-style")
    if (element.matches("b, strong") && NOT_BOLD.test(style)) element.replaceWith(...element.childNodes)
    if (!element.matches("span, b, i, em, strong, font, a")) continue
    for (const [pattern, tag] of MEANT_BY_STYLE) {
      if (!pattern.test(style) || (tag === "strong" && element.closest("h1, h2, h3, h4, h5, h6"))) continue
      const meant = document.createElement(tag)
      meant.append(...element.childNodes)
      element.append(meant)
    }
  }
}

function clampHeadings(root, { topHeading, lowestHeading }) {
  for (const heading of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (heading.closest("[data-help]")) continue
    const level = Math.max(topHeading, Math.min(lowestHeading, Number(heading.localName[1])))
    renamed(heading, `h${level}`)
  }
}

const levelOf = (element) => Number(WORD_LEVEL.exec(styleOf(element))?.[1] || 0)

function takeMarker(item) {
  const marker = [...item.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(styleOf(part)))
  const text = marker?.textContent || ""
  marker?.remove()
  return text
}

// Word writes list items as paragraphs whose style names the level and whose first words are the bullet.
function wordLists(root) {
  let open = []
  for (const item of root.querySelectorAll("p[data-style*='mso-list']")) {
    const level = levelOf(item)
    if (!level) continue
    const tag = NUMBERED.test(takeMarker(item)) ? "ol" : "ul"
    if (open[0]?.nextElementSibling !== item) open = []
    open.length = Math.min(open.length, level)
    if (open.at(-1)?.localName !== tag && open.length === level) open.pop()
    while (open.length < level) open.push(newList(tag, open.at(-1), item))
    const entry = document.createElement("li")
    open.at(-1).append(entry)
    entry.append(item)
  }
}

function newList(tag, parent, before) {
  const list = document.createElement(tag)
  if (parent) (parent.lastElementChild || parent.appendChild(document.createElement("li"))).append(list)
  else before.before(list)
  return list
}

// Anchors of the word processor (footnotes, table of contents) lead nowhere here.
function dropInnerAnchors(root) {
  for (const anchor of root.querySelectorAll("a:not([href]), a[href^='#_'], a[href^='file:']")) {
    anchor.replaceWith(...anchor.childNodes)
  }
}

function plainSpaces(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode } = texts
    if (currentNode.data.includes("\u00a0")) currentNode.data = currentNode.data.replace(LOOSE_NO_BREAK_SPACE, " ")
  }
}

export const Paste = Extension.create({
  name: "pastedHTML",

  addOptions() {
    return { topHeading: 2, lowestHeading: 4 }
  },

  transformPastedHTML(html) {
    const page = new DOMParser().parseFromString(withoutInlineCode(html), "text/html")
    wordLists(page.body)
    meaningOfStyles(page.body)
    clampHeadings(page.body, this.options)
    dropInnerAnchors(page.body)
    plainSpaces(page.body)
    forEditing(page.body)
    return page.body.innerHTML
  },
})
