// <div data-help="urgent"><h3>Call your team today if</h3>…</div>
import { Node, pm } from "django-prose-editor/editor"
import { ancestor, insertBlock, replaceBlocks } from "immunoportal-editor/blocks"

const { Fragment } = pm.model

const isTitleOfBox = (element) =>
  element.parentElement?.matches("div[data-help]") && element === element.parentElement.firstElementChild

// The selected blocks as the inside of a box, or null when something in them cannot stand in one.
function boxAround(range, level, title) {
  const { schema } = range.parent.type
  const { helpBox, helpHeading } = schema.nodes
  const blocks = []
  for (let index = range.startIndex; index < range.endIndex; index += 1) blocks.push(range.parent.child(index))
  const first = blocks[0].type.name === "heading" ? blocks.shift().content : schema.text(title)
  const content = Fragment.from([helpHeading.create(null, first), ...blocks])
  return helpBox.validContent(content) ? helpBox.create({ level }, content) : null
}

function wrapSelection(tr, level, title) {
  const { $from, $to, empty } = tr.selection
  const range = empty ? null : $from.blockRange($to, (node) => node.type.name === "doc")
  const box = range && boxAround(range, level, title)
  if (box) replaceBlocks(tr, range.start, range.end, box)
  return Boolean(box)
}

function insertBox(tr, level, title) {
  const { schema } = tr.doc.type
  const { helpBox, helpHeading, bulletList, listItem, paragraph } = schema.nodes
  const heading = helpHeading.create(null, schema.text(title))
  const list = bulletList.create(null, listItem.create(null, paragraph.create()))
  insertBlock(tr, helpBox.create({ level }, [heading, list]), heading.nodeSize + 1)
}

// Takes the frame away and keeps the words.
function removeBox(tr, { node, pos, end }) {
  const { paragraph, helpHeading } = node.type.schema.nodes
  const blocks = []
  node.forEach((child) => blocks.push(child.type === helpHeading ? paragraph.create(null, child.content) : child))
  replaceBlocks(tr, pos, end, blocks)
}

// A heading nobody has changed follows the level.
function changeLevel(tr, { node, pos }, level, levels) {
  const title = node.firstChild
  tr.setNodeMarkup(pos, null, { level })
  if (title.textContent !== levels[node.attrs.level].heading) return
  tr.replaceWith(pos + 2, pos + 2 + title.content.size, node.type.schema.text(levels[level].heading))
}

export const HelpBox = Node.create({
  name: "helpBox",
  group: "page",
  content: "helpHeading block+",
  defining: true,

  addOptions() {
    return { levels: {} }
  },

  addAttributes() {
    return {
      level: {
        parseHTML: (element) => element.dataset.help,
        renderHTML: ({ level }) => ({ "data-help": level }),
      },
    }
  },

  parseHTML() {
    return [
      { tag: "div[data-help]", getAttrs: ({ dataset }) => (dataset.help in this.options.levels ? null : false) },
    ]
  },

  renderHTML({ HTMLAttributes }) {
    return ["div", HTMLAttributes, 0]
  },

  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("div")
      const update = ({ type, attrs }) => {
        if (type.name !== "helpBox") return false
        const { label } = this.options.levels[attrs.level]
        Object.assign(dom.dataset, { help: attrs.level, label })
        dom.setAttribute("role", "group")
        dom.setAttribute("aria-label", label)
        return true
      }
      update(node)
      return { dom, contentDOM: dom, update }
    }
  },

  addCommands() {
    return {
      // Inserts a box, gives it another level, or takes away one that has this level already.
      toggleHelpBox:
        (level) =>
        ({ tr, dispatch }) => {
          if (!dispatch) return true
          const { levels } = this.options
          const { heading } = levels[level]
          const box = ancestor(tr.selection, "helpBox")
          if (box?.node.attrs.level === level) removeBox(tr, box)
          else if (box) changeLevel(tr, box, level, levels)
          else if (!wrapSelection(tr, level, heading)) insertBox(tr, level, heading)
          return true
        },
    }
  },

  addMenuItems({ menu, buttons }) {
    for (const [level, { button: text, hint }] of Object.entries(this.options.levels)) {
      const button = buttons.text(text, hint)
      button.dataset.help = level
      menu.defineItem({
        name: `help:${level}`,
        groups: "help",
        button,
        command: (editor) => editor.chain().focus().toggleHelpBox(level).run(),
        active: (editor) => editor.isActive("helpBox", { level }),
      })
    }
  },
})

export const HelpHeading = Node.create({
  name: "helpHeading",
  content: "inline*",
  defining: true,

  parseHTML() {
    return [{ tag: "h2, h3, h4", priority: 100, getAttrs: (element) => (isTitleOfBox(element) ? null : false) }]
  },

  renderHTML() {
    return ["h3", 0]
  },
})
