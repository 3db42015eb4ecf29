// <sup data-ref="KEY"></sup>: empty where it is stored, a numbered chip in the editor.
import { Node, Plugin, crel, pm } from "django-prose-editor/editor"
import { answerFor, searchDialog } from "immunoportal-editor/dialog"
import { Lookup } from "immunoportal-editor/lookup"

const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/
const { NodeSelection, TextSelection } = pm.state

const references = (editor) => Lookup.for(editor, "data-reference-search", "key")

const renderReference = ({ key, label }) => [
  crel("span", { textContent: label }),
  crel("span", { className: "editor-dialog__key", textContent: key }),
]

function describe(chip, texts, item) {
  const number = texts.citation.replace("%s", chip.textContent)
  const about = item === null ? `${chip.dataset.ref}: ${texts.unknown}` : item?.label || chip.dataset.ref
  chip.title = about
  chip.setAttribute("aria-label", `${number}: ${about}`)
  chip.classList.toggle("citation-chip--unknown", item === null)
}

// Numbers follow the first citation of each key in this text; the page numbers over all its sections.
function numberChips(view, editor, texts) {
  const numbers = new Map()
  for (const chip of view.dom.querySelectorAll(".citation-chip")) {
    const { ref } = chip.dataset
    if (!numbers.has(ref)) numbers.set(ref, String(numbers.size + 1))
    if (chip.textContent === numbers.get(ref)) continue
    chip.textContent = numbers.get(ref)
    describe(chip, texts)
    references(editor)
      .find(ref)
      .then((item) => describe(chip, texts, item))
  }
}

function insertCitation({ state, view }, key) {
  const { selection, schema, tr } = state
  const chip = schema.nodes.citation.create({ key })
  const isChip = selection instanceof NodeSelection && selection.node.type === chip.type
  // Selected words are what is cited: the chip follows them.
  tr.replaceWith(isChip ? selection.from : selection.to, selection.to, chip)
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.to + (isChip ? 0 : 1))).scrollIntoView())
}

async function cite(editor, texts) {
  const lookup = references(editor)
  const search = lookup.search.bind(lookup)
  const item = await answerFor(editor, searchDialog({ texts, search, render: renderReference }))
  if (item) insertCitation(editor, item.key)
}

const canCite = ({ isEditable, state: { selection, schema } }) =>
  isEditable && selection.$to.parent.canReplaceWith(selection.$to.index(), selection.$to.index(), schema.nodes.citation)

export const Citation = Node.create({
  name: "citation",
  group: "inline",
  inline: true,
  atom: true,

  addOptions() {
    return { texts: {} }
  },

  addAttributes() {
    return {
      key: {
        parseHTML: (element) => element.dataset.ref,
        renderHTML: ({ key }) => ({ "data-ref": key }),
      },
    }
  },

  parseHTML() {
    // Before the mark for superscript, which also takes sup.
    return [{ tag: "sup[data-ref]", priority: 100, getAttrs: ({ dataset }) => (KEY.test(dataset.ref) ? null : false) }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["sup", HTMLAttributes]
  },

  addNodeView() {
    return ({ node, editor }) => {
      const dom = crel("sup", { className: "citation-chip", role: "img", "data-ref": node.attrs.key })
      dom.addEventListener("dblclick", () => editor.commands.cite())
      return { dom, ignoreMutation: () => true }
    }
  },

  addCommands() {
    return {
      cite:
        () =>
        ({ editor }) => {
          const isPossible = canCite(editor)
          if (isPossible) cite(editor, this.options.texts)
          return isPossible
        },
    }
  },

  addKeyboardShortcuts() {
    return { "Mod-Alt-c": ({ editor }) => editor.commands.cite() }
  },

  addMenuItems({ menu, buttons }) {
    const { texts } = this.options
    const button = buttons.text(texts.button)
    button.title = texts.hint
    menu.defineItem({
      name: "citation",
      groups: "insert",
      priority: 110,
      button,
      command: (editor) => editor.commands.cite(),
      enabled: canCite,
      active: (editor) => editor.isActive("citation"),
    })
  },

  addProseMirrorPlugins() {
    const { editor, options } = this
    const update = (view) => numberChips(view, editor, options.texts)
    return [
      new Plugin({
        view: (view) => {
          update(view)
          return { update }
        },
      }),
    ]
  },
})
