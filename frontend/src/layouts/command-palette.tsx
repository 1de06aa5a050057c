import { lazy, Suspense, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { CommandKeys, useCommandKeys } from '@/features/shared/command-keys'
import { useCommands } from '@/features/shared/use-commands'
import type { Shortcut } from '@/lib/keyboard'
import { activeShortcuts, ariaKeys, runShortcut } from '@/lib/keyboard'
import { SilencedKeys } from '@/lib/silenced-keys'
import { useLoadedWhenIdle } from '@/lib/use-loaded-when-idle'
import { Icon } from '@/ui/icons'
import styles from './command-palette.module.css'

const load = () => import('./command-palette-dialog')
const CommandPaletteDialog = lazy(async () => ({ default: (await load()).CommandPaletteDialog }))

/** `Ctrl/Cmd K` offers whatever works on the page below, and every ticket and customer. */
export function CommandPalette() {
  const [offered, setOffered] = useState<readonly Shortcut[]>()
  useLoadedWhenIdle(true, [load])

  // The palette silences the keys behind it, so what works is noted before it opens.
  useCommands([{ id: 'palette.open', run: () => flushSync(() => setOffered(activeShortcuts())) }])

  return offered ? (
    <Suspense fallback={<SilencedKeys />}>
      <CommandPaletteDialog
        commands={offered}
        onClose={() => setOffered(undefined)}
        onChosen={(run) => {
          // The focus is back where it was before anything is done there.
          flushSync(() => setOffered(undefined))
          run()
        }}
      />
    </Suspense>
  ) : null
}

export function CommandPaletteButton() {
  const t = useTranslations('commands.command.palette')
  const keys = useCommandKeys('palette.open')
  return (
    <button
      type="button"
      className={styles.opener}
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys(keys)}
      onClick={() => runShortcut('palette.open')}
    >
      <Icon name="command" size={18} />
      <span className={styles.openerText}>{t('open')}</span>
      <span className={styles.openerKeys} aria-hidden="true">
        <CommandKeys id="palette.open" />
      </span>
    </button>
  )
}
