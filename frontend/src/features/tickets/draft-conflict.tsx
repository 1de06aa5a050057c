import { useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icons'
import { RelativeTime } from '@/ui/relative-time'
import { addToast } from '@/ui/toast'
import css from './composer.module.css'
import type { Written } from './draft-sync'
import { useTheirDraft, useTicketDesk } from './ticket-desk'
import type { ComposerKind } from './unsent-text'
import { placeOf } from './unsent-text'

/** Two devices have written two texts: their author sees both and says which it is to be. */
export function DraftConflict({ ticketNumber, kind }: { ticketNumber: number; kind: ComposerKind }) {
  const t = useTranslations('tickets.composer')
  const { drafts, unsent } = useTicketDesk()
  const theirs = useTheirDraft(ticketNumber, kind)
  const place = placeOf(ticketNumber, kind)
  if (!theirs) {
    return null
  }

  /** What loses is there for a while still. */
  const choose = (said: string, lost: Written, take: () => void) => {
    take()
    addToast({
      text: said,
      action: { label: t('keepBoth'), run: () => drafts.add(place, lost) },
      durationMs: 8_000,
    })
  }

  return (
    <div className={css.theirs} role="alert">
      <p className={css.theirsTitle}>
        <Icon name="warning" size={16} />
        <span>
          {t('theirs')} (<RelativeTime value={theirs.updatedAt} />)
        </span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys as well */}
      <p className={css.theirText} tabIndex={0}>
        {theirs.text}
      </p>
      {theirs.attachments.length > 0 ? (
        <p className={css.theirFiles}>
          {t('theirFiles', { names: theirs.attachments.map(({ fileName }) => fileName).join(', ') })}
        </p>
      ) : null}
      <div className={css.choices}>
        <Button
          size="small"
          onClick={() => choose(t('tookTheirs'), unsent.read(place), () => drafts.takeTheirs(place))}
        >
          {t('takeTheirs')}
        </Button>
        <Button size="small" onClick={() => choose(t('keptMine'), theirs, () => drafts.keepMine(place))}>
          {t('keepMine')}
        </Button>
        <Button size="small" onClick={() => drafts.keepBoth(place)}>
          {t('keepBoth')}
        </Button>
      </div>
    </div>
  )
}
