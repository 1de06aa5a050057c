import { lazy, Suspense, useState } from 'react'
import { useCommands } from '@/features/shared/use-commands'
import type { Shortcut } from '@/lib/keyboard'
import { activeShortcuts } from '@/lib/keyboard'

const ShortcutHelpDialog = lazy(async () => ({
  default: (await import('./shortcut-help-dialog')).ShortcutHelpDialog,
}))

/** `?` shows every key that works on the page below. */
export function ShortcutHelp() {
  const [shown, setShown] = useState<readonly Shortcut[]>()

  // The dialog silences the keys behind it, so they are noted before it opens.
  useCommands([{ id: 'help.open', run: () => setShown(activeShortcuts()) }])

  return shown ? (
    <Suspense>
      <ShortcutHelpDialog shortcuts={shown} onClose={() => setShown(undefined)} />
    </Suspense>
  ) : null
}
