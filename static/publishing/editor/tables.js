// Tables. A caption is the first line of its table where it is stored; in the editor both stand in one frame,
// because the table tools count every child of a table as a row.
import {
  Node,
  Table as BaseTable,
  TableCell as BaseTableCell,
  TableHeader as BaseTableHeader,
} from "django-prose-editor/editor"
import { ancestor, insertBlock, replaceBlocks } from "immunoportal-editor/blocks"

const FRAME = "data-captioned-table"

function frameCaption(caption) {
  const table = caption.parentElement
  const frame = document.createElement("div")
  const line = document.createElement("div")
  frame.setAttribute(FRAME, "frame")
  line.setAttribute(FRAME, "caption")
  line.append(...caption.childNodes)
  caption.remove()
  table.replaceWith(frame)
  frame.append(line, table)
}

function unframeCaption(frame) {
  const [line, table] = frame.children
  table.createCaption().append(...line.childNodes)
  frame.replaceWith(table)
}

const isHeaderRow = (row) => [...row.cells].every((cell) => cell.localName === "th")

// Stated in so many words: a header cell that is empty is stored as a plain cell, and then the row would not show it.
function moveHeaderRows(table) {
  const rows = [...table.rows]
  const count = rows.findIndex((row) => !isHeaderRow(row))
  if (count > 0) table.createTHead().append(...rows.slice(0, count))
}

/** Stored tables in the shape of the editor, in place. */
export function forEditing(root) {
  for (const cell of root.querySelectorAll("thead td")) renamed(cell, "th")
  for (const caption of root.querySelectorAll("table > caption")) frameCaption(caption)
}

function forStorage(root) {
  for (const frame of root.querySelectorAll(`[${FRAME}=frame]`)) unframeCaption(frame)
  for (const table of root.querySelectorAll("table")) moveHeaderRows(table)
}

export function renamed(element, tag) {
  const copy = document.createElement(tag)
  copy.append(...element.childNodes)
  for (const { name, value } of element.attributes) copy.setAttribute(name, value)
  element.replaceWith(copy)
  return copy
}

function rewritten(html, change) {
  const template = document.createElement("template")
  template.innerHTML = html
  change(template.content)
  return template.innerHTML
}

function newTable({ nodes: { captionedTable, tableCaption, table, tableRow, tableHeader, tableCell } }) {
  const row = (type) => tableRow.create(null, [0, 1, 2].map(() => type.createAndFill()))
  const rows = table.create(null, [row(tableHeader), row(tableCell), row(tableCell)])
  return captionedTable.create(null, [tableCaption.create(), rows])
}

function toggleCaption(tr, table, frame) {
  const { captionedTable, tableCaption } = table.node.type.schema.nodes
  if (frame) replaceBlocks(tr, frame.pos, frame.end, table.node)
  else replaceBlocks(tr, table.pos, table.end, captionedTable.create(null, [tableCaption.create(), table.node]))
}

export const Table = BaseTable.extend({
  addOptions() {
    return { ...this.parent?.(), texts: {}, cellMinWidth: 60 }
  },

  onBeforeCreate() {
    const { editor } = this
    editor.options.content = rewritten(editor.options.content, forEditing)
    const getHTML = editor.getHTML.bind(editor)
    editor.getHTML = () => {
      const html = getHTML()
      return html.includes("<table") ? rewritten(html, forStorage) : html
    }
  },

  addCommands() {
    return {
      ...this.parent?.(),
      // Rows and columns are added where they are needed, so nobody has to count them first.
      insertTableWithOptions:
        () =>
        ({ tr, dispatch, editor }) => {
          if (editor.isActive("table")) return false
          if (dispatch) insertBlock(tr, newTable(editor.schema))
          return true
        },
      deleteTable:
        () =>
        ({ tr, dispatch }) => {
          const found = ancestor(tr.selection, "captionedTable") || ancestor(tr.selection, "table")
          if (found && dispatch) tr.delete(found.pos, found.end).scrollIntoView()
          return Boolean(found)
        },
      toggleTableCaption:
        () =>
        ({ tr, dispatch }) => {
          const table = ancestor(tr.selection, "table")
          if (table && dispatch) toggleCaption(tr, table, ancestor(tr.selection, "captionedTable"))
          return Boolean(table)
        },
    }
  },

  addMenuItems(storage) {
    this.parent?.(storage)
    const { texts } = this.options
    const button = storage.buttons.text(texts.button, texts.hint)
    storage.menu.defineItem({
      name: "table:caption",
      groups: "table",
      button,
      command: (editor) => editor.chain().focus().toggleTableCaption().run(),
      active: (editor) => editor.isActive("captionedTable"),
      hidden: (editor) => !editor.isActive("table"),
    })
  },
})

export const CaptionedTable = Node.create({
  name: "captionedTable",
  group: "block",
  content: "tableCaption table",
  isolating: true,

  parseHTML() {
    return [{ tag: `div[${FRAME}=frame]`, priority: 100 }]
  },

  renderHTML() {
    return ["div", { [FRAME]: "frame" }, 0]
  },
})

export const TableCaption = Node.create({
  name: "tableCaption",
  content: "inline*",
  isolating: true,

  addOptions() {
    return { texts: {} }
  },

  parseHTML() {
    return [{ tag: `div[${FRAME}=caption]`, priority: 100 }]
  },

  renderHTML() {
    return ["div", { [FRAME]: "caption" }, 0]
  },

  addNodeView() {
    return () => {
      const dom = document.createElement("div")
      Object.assign(dom.dataset, { captionedTable: "caption", placeholder: this.options.texts.caption })
      return { dom, contentDOM: dom }
    }
  },
})

// Widths and alignment of pasted tables are not stored, and as inline styles the security policy refuses them.
function spans() {
  const { colspan, rowspan } = this.parent()
  return { colspan, rowspan }
}

const content = "(paragraph | list | figure)+"

export const TableCell = BaseTableCell.extend({ content, addAttributes: spans })
export const TableHeader = BaseTableHeader.extend({ content, addAttributes: spans })
