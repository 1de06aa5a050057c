import { useQuery } from '@tanstack/react-query'
import { NavLink } from 'react-router'
import { useTranslations } from 'use-intl'
import { paths } from '@/paths'
import { Icon } from '@/ui/icons'
import css from './drafts-place.module.css'
import { ownScheduledReplies } from './scheduled-replies'

/** The way to one's own replies that wait. There only where there are some that wait for longer than a moment. */
export function ScheduledPlace() {
  const t = useTranslations('tickets.scheduled')
  const { data: own } = useQuery(ownScheduledReplies())
  const count = (own ?? []).filter(
    ({ state, timing }) => state === 'RETURNED' || timing === 'SCHEDULED',
  ).length
  return count === 0 ? null : (
    <NavLink to={paths.scheduledReplies} className={css.place}>
      <Icon name="clock" />
      <span className={css.name}>{t('place')}</span>
      <span className={css.count}>{count}</span>
    </NavLink>
  )
}
