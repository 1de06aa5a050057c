import { useFormatter, useTranslations } from 'use-intl'
import { Avatar } from '@/ui/avatar'
import { Icon } from '@/ui/icons'
import type { Colleague } from './colleagues'
import css from './presence-marks.module.css'
import { useColleaguesAt } from './ticket-desk'

const FACES_MAX = 2

/** Who else is at a ticket, in its row: initials, and a pencil for whoever writes to the customer. */
export function PresenceMark({ colleagues }: { colleagues: readonly Colleague[] }) {
  const text = usePresenceText()(colleagues)
  const { replying, viewing } = byActivity(colleagues)
  const faces = [...replying, ...viewing]
  return (
    <span className={css.mark} data-replying={replying.length > 0 || undefined} title={text.all}>
      {replying.length > 0 ? <Icon name="pencil" size={14} /> : null}
      {faces.slice(0, FACES_MAX).map(({ id, name }) => (
        <Avatar key={id} name={name} size={20} />
      ))}
      {faces.length > FACES_MAX ? <span aria-hidden="true">+{faces.length - FACES_MAX}</span> : null}
      <span className="visually-hidden">{text.all}</span>
    </span>
  )
}

/** The same in words, at the head of the conversation. */
export function PresenceLine({ ticketNumber }: { ticketNumber: number }) {
  const text = usePresenceText()(useColleaguesAt(ticketNumber))
  return (
    <span className={css.line} title={text.all}>
      {/* Said aloud: here an answer would go over a colleague's. That somebody only looks would be chatter. */}
      <span role="status">
        {text.replying ? (
          <span className={css.replying}>
            <Icon name="pencil" size={14} />
            <span>{text.replying}</span>
          </span>
        ) : null}
      </span>
      {text.viewing ? (
        <span className={css.viewing}>
          <Icon name="eye" size={14} />
          <span>{text.viewing}</span>
        </span>
      ) : null}
    </span>
  )
}

function usePresenceText() {
  const t = useTranslations('tickets.presence')
  const format = useFormatter()
  return (colleagues: readonly Colleague[]) => {
    const { replying, viewing } = byActivity(colleagues)
    const say = (activity: 'replying' | 'viewing', people: readonly Colleague[]) =>
      people.length > 0
        ? t(activity, { names: format.list(people.map(({ name }) => name)), count: people.length })
        : undefined
    const words = { replying: say('replying', replying), viewing: say('viewing', viewing) }
    return { ...words, all: [words.replying, words.viewing].filter(Boolean).join(' · ') }
  }
}

function byActivity(colleagues: readonly Colleague[]) {
  return {
    replying: colleagues.filter(({ activity }) => activity === 'REPLYING'),
    viewing: colleagues.filter(({ activity }) => activity !== 'REPLYING'),
  }
}
