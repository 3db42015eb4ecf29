// Which block may stand where, as on the server: headings and help boxes on the page itself only.
import {
  Blockquote as BaseBlockquote,
  Document as BaseDocument,
  Heading as BaseHeading,
  Plugin,
  pm,
} from "django-prose-editor/editor"

const { TextSelection } = pm.state

// Below a box or a table that ends the text there is otherwise no place to type in.
function paragraphAtEnd(view) {
  const { state } = view
  if (state.doc.lastChild.type.name === "paragraph") return false
  const tr = state.tr.insert(state.doc.content.size, state.schema.nodes.paragraph.create())
  view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)).scrollIntoView())
  view.focus()
  return true
}

const isBelowText = (view, event) =>
  event.target === view.dom && event.clientY > view.dom.lastElementChild.getBoundingClientRect().bottom

export const Document = BaseDocument.extend({
  content: "(block | page)+",

  addKeyboardShortcuts() {
    const downFromEnd = ({ editor: { view, state } }) => {
      const { $head, empty } = state.selection
      const isLast = empty && $head.depth > 0 && $head.after(1) === state.doc.content.size
      return isLast && view.endOfTextblock("down") && isInLastText(state) && paragraphAtEnd(view)
    }
    return { ArrowDown: downFromEnd }
  },

  addProseMirrorPlugins() {
    const mousedown = (view, event) => {
      if (!view.editable || !isBelowText(view, event) || !paragraphAtEnd(view)) return false
      event.preventDefault()
      return true
    }
    return [new Plugin({ props: { handleDOMEvents: { mousedown } } })]
  },
})

const isInLastText = (state) => TextSelection.atEnd(state.doc).$head.sameParent(state.selection.$head)

export const Heading = BaseHeading.extend({ group: "page" })

export const Blockquote = BaseBlockquote.extend({
  content: "(paragraph | list | figure | table | captionedTable)+",
})

// New boxes, figures and tables stand between the blocks of the page (or of a help box): they replace no text.
function placeFor({ $to, to }, type) {
  for (let depth = $to.depth; depth > 0; depth -= 1) {
    const parent = $to.node(depth - 1)
    const index = $to.indexAfter(depth - 1)
    const isContainer = depth === 1 || parent.type.name === "helpBox"
    if (!isContainer || !parent.canReplaceWith(index, index, type)) continue
    const isEmpty = $to.parent.type.name === "paragraph" && $to.parent.content.size === 0 && $to.depth === depth
    return { from: isEmpty ? $to.before(depth) : $to.after(depth), to: $to.after(depth) }
  }
  return { from: to, to }
}

export function replaceBlocks(tr, from, to, nodes, cursor = 1) {
  tr.replaceWith(from, to, nodes)
  tr.setSelection(TextSelection.near(tr.doc.resolve(from + cursor))).scrollIntoView()
}

export function insertBlock(tr, node, cursor) {
  const { from, to } = placeFor(tr.selection, node.type)
  const isLast = to === tr.doc.content.size
  const { paragraph } = node.type.schema.nodes
  replaceBlocks(tr, from, to, isLast ? [node, paragraph.create()] : node, cursor)
}

export function ancestor({ $from }, name) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth)
    if (node.type.name === name) return { node, pos: $from.before(depth), end: $from.after(depth) }
  }
  return null
}
