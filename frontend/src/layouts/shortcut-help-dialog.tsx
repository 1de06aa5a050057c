import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import type { Shortcut } from '@/lib/keyboard'
import { paths } from '@/paths'
import { buttonClass } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { KeyCaps } from '@/ui/kbd'
import styles from './shortcut-help-dialog.module.css'

const WHILE_WRITING = [
  { keys: 'Mod+Enter', name: 'send' },
  { keys: 'Mod+Shift+Enter', name: 'sendAndResolve' },
  { keys: 'Mod+Alt+Enter', name: 'sendLater' },
  { keys: '/', name: 'insertReply' },
  { keys: 'Escape', name: 'putAside' },
] as const

interface ShortcutHelpDialogProps {
  shortcuts: readonly Shortcut[]
  onClose: () => void
}

/** Every key that works, by what it is for. */
export function ShortcutHelpDialog({ shortcuts, onClose }: ShortcutHelpDialogProps) {
  const t = useTranslations('commands')
  const whileWriting = WHILE_WRITING.map(({ keys, name }) => ({
    keys,
    label: t(`help.${name}`),
    group: t('group.writing'),
  }))
  const groups = Map.groupBy([...shortcuts, ...whileWriting], ({ group }) => group ?? t('group.general'))
  return (
    <Dialog
      title={t('help.title')}
      size="wide"
      open
      onClose={onClose}
      actions={
        <Link to={paths.keyboard} className={buttonClass()} onClick={onClose}>
          {t('help.change')}
        </Link>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the keys have to be scrolled, by keyboard too */}
      <section className={styles.groups} aria-label={t('help.title')} tabIndex={0}>
        {[...groups].map(([group, all]) => {
          const withKeys = all.flatMap(({ keys, label }) => (keys ? [{ keys, label }] : []))
          return withKeys.length === 0 ? null : (
            <section key={group} className={styles.group}>
              <h3>{group}</h3>
              <dl>
                {withKeys.map(({ keys, label }) => (
                  <div key={`${keys} ${label}`} className={styles.shortcut}>
                    <dt>{label}</dt>
                    <dd>
                      <KeyCaps keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </section>
    </Dialog>
  )
}
