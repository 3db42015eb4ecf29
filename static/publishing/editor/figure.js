// <figure data-image="NAME"><figcaption>…</figcaption></figure>: the picture itself is put in when the page is shown.
import { Node, crel } from "django-prose-editor/editor"
import { ancestor, insertBlock } from "immunoportal-editor/blocks"
import { answerFor, searchDialog } from "immunoportal-editor/dialog"
import { Lookup } from "immunoportal-editor/lookup"

const NAME = /^[0-9a-f]{32}$/

const pictures = (editor) => Lookup.for(editor, "data-image-search", "name")

const renderPicture = ({ label, preview }) => [
  crel("img", { src: preview, alt: "", loading: "lazy" }),
  crel("span", { textContent: label }),
]

async function chooseFigure(editor, texts) {
  const lookup = pictures(editor)
  const search = lookup.search.bind(lookup)
  const item = await answerFor(editor, searchDialog({ texts, search, render: renderPicture }))
  if (!item) return
  const { state, view } = editor
  const { tr, selection, schema } = state
  const attrs = { image: item.name }
  const present = ancestor(selection, "figure")
  if (present) tr.setNodeMarkup(present.pos, null, attrs)
  else insertBlock(tr, schema.nodes.figure.create(attrs))
  view.dispatch(tr)
}

class FigureView {
  constructor(node, editor, texts) {
    this.texts = texts
    this.editor = editor
    this.picture = crel("div", { className: "figure-picture", contentEditable: "false" })
    this.contentDOM = crel("figcaption", { "data-placeholder": texts.caption })
    this.dom = crel("figure", {}, [this.picture, this.contentDOM])
    this.update(node)
  }

  update(node) {
    if (node.type.name !== "figure") return false
    const { image } = node.attrs
    if (this.image !== image) {
      this.image = image
      pictures(this.editor)
        .find(image)
        .then((item) => this.image === image && this.show(item))
    }
    return true
  }

  show(item) {
    const note = item === null ? this.texts.unknown : "…"
    this.picture.replaceChildren(
      item ? crel("img", { src: item.preview, alt: item.label }) : crel("p", { textContent: note }),
    )
  }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target)
  }
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,

  addOptions() {
    return { texts: {} }
  },

  addAttributes() {
    return {
      image: {
        parseHTML: (element) => element.dataset.image,
        renderHTML: ({ image }) => ({ "data-image": image }),
      },
    }
  },

  parseHTML() {
    return [
      {
        tag: "figure[data-image]",
        getAttrs: ({ dataset }) => (NAME.test(dataset.image) ? null : false),
        contentElement: (element) => element.querySelector("figcaption") || document.createElement("figcaption"),
      },
    ]
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes, ["figcaption", 0]]
  },

  addNodeView() {
    return ({ node, editor }) => new FigureView(node, editor, this.options.texts)
  },

  addCommands() {
    return {
      insertFigure:
        () =>
        ({ editor }) => {
          chooseFigure(editor, this.options.texts)
          return true
        },
    }
  },

  addMenuItems({ menu, buttons }) {
    const { texts } = this.options
    const button = buttons.text(texts.button)
    button.title = texts.hint
    menu.defineItem({
      name: "figure",
      groups: "insert",
      button,
      command: (editor) => editor.commands.insertFigure(),
      active: (editor) => editor.isActive("figure"),
    })
  },
})
