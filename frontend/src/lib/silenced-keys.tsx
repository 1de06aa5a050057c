import type { Shortcut } from './keyboard'
import { useShortcuts } from './keyboard'

const NO_SHORTCUTS: readonly Shortcut[] = []

/** While a dialog is fetched: what is typed before it is there is not meant for the page behind it. */
export function SilencedKeys() {
  useShortcuts(NO_SHORTCUTS, { exclusive: true })
  return null
}
