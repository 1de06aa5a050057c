import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Shortcut } from '@/lib/keyboard'
import { useActiveShortcuts, useShortcuts } from '@/lib/keyboard'

const ShortcutHelpDialog = lazy(async () => ({
  default: (await import('./shortcut-help-dialog')).ShortcutHelpDialog,
}))

/** `?` shows every key that works on the page below. */
export function ShortcutHelp() {
  const t = useTranslations('tickets.shortcut')
  const active = useActiveShortcuts()
  const [shown, setShown] = useState<readonly Shortcut[]>()

  // The dialog silences the keys behind it, so they are noted before it opens.
  useShortcuts([{ keys: '?', label: t('help'), group: t('general'), run: () => setShown(active) }])

  return shown ? (
    <Suspense>
      <ShortcutHelpDialog shortcuts={shown} onClose={() => setShown(undefined)} />
    </Suspense>
  ) : null
}
