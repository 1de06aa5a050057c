import { useTranslations } from 'use-intl'
import type { PortalTicketRow } from '@/api/generated/types.gen'
import { Badge, type Tone } from '@/ui/badge'

type Status = PortalTicketRow['status']

const TONES: Record<Status, Tone> = {
  RECEIVED: 'neutral',
  IN_WORK: 'accent',
  WAITING_FOR_YOU: 'warning',
  SOLVED: 'success',
  CLOSED: 'neutral',
}

/** Where a request stands, in words nobody has to learn. */
export function PortalStatusBadge({ status }: { status: Status }) {
  const t = useTranslations('portal.status')
  return <Badge tone={TONES[status]}>{t(status)}</Badge>
}
