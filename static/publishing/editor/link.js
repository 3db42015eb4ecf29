// Links as publishing/richtext stores them: an address and nothing else.
import { Link as BaseLink } from "django-prose-editor/editor"
import { addressDialog, answerFor } from "immunoportal-editor/dialog"

const OWN_PAGE = /^(\/(conditions|therapies|articles)\/[-\w]+\/(#[-\w.:]+)?|#[-\w.:]+)$/
const ELSEWHERE = /^(https?:\/\/[^/?#\s@]+([/?#]\S*)?|mailto:[^\s@?]+@[^\s@?]+(\?\S*)?)$/i

const isAllowed = (address) => OWN_PAGE.test(address) || ELSEWHERE.test(address)

// In an emergency nobody should read on elsewhere.
const isInEmergency = (editor) => editor.isActive("helpBox", { level: "emergency" })
const canLink = (editor) => !isInEmergency(editor) && (!editor.state.selection.empty || editor.isActive("link"))

async function editAddress(editor, texts) {
  const { href } = editor.getAttributes("link")
  const address = await answerFor(editor, addressDialog({ texts, value: href || "", check: isAllowed }))
  if (address) editor.chain().extendMarkRange("link").setMark("link", { href: address }).run()
}

export const Link = BaseLink.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      texts: {},
      openOnClick: false,
      autolink: false,
      enableTarget: false,
      isAllowedUri: (address) => isAllowed(address || ""),
    }
  },

  addAttributes() {
    return { href: { default: null } }
  },

  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const isPossible = canLink(editor)
          if (isPossible) editAddress(editor, this.options.texts)
          return isPossible
        },
    }
  },

  addKeyboardShortcuts() {
    // True also when there is nothing to link: the browser would take Ctrl+K to its address bar.
    return { "Mod-k": ({ editor }) => editor.commands.addLink() || true }
  },

  addMenuItems(storage) {
    this.parent?.(storage)
    const { menu, buttons } = storage
    menu.defineItem({
      name: "link",
      groups: "link",
      button: buttons.material("insert_link", "link"),
      command: (editor) => editor.commands.addLink(),
      enabled: canLink,
      active: (editor) => editor.isActive("link"),
    })
  },
})
