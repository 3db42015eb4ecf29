// The nodes and tools of the site's editor, under the names publishing/editor.py asks for.
import "immunoportal-editor/field"

export { Blockquote, Document, Heading } from "immunoportal-editor/blocks"
export { Citation } from "immunoportal-editor/citation"
export { Figure } from "immunoportal-editor/figure"
export { HelpBox, HelpHeading } from "immunoportal-editor/help-box"
export { Link } from "immunoportal-editor/link"
export { Paste } from "immunoportal-editor/paste"
export { CaptionedTable, Table, TableCaption, TableCell, TableHeader } from "immunoportal-editor/tables"
