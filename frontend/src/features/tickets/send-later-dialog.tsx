import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/ui/field'
import { QuickDialog } from '@/ui/quick-dialog'
import css from './send-later-dialog.module.css'
import { TimePick } from './time-pick'

/** Where a day begins for whoever reads mail. */
const MORNING_HOUR = 8

export interface SendLaterDialogProps {
  ticketNumber: number
  onPick: (at: Date, sendAnyway: boolean) => void
  onClose: () => void
}

/** When a reply is to go out. */
export function SendLaterDialog({ ticketNumber, onPick, onClose }: SendLaterDialogProps) {
  const t = useTranslations('tickets.scheduled')
  const [sendAnyway, setSendAnyway] = useState(false)
  return (
    <QuickDialog title={`#${ticketNumber} ${t('sendLater')}`} onClose={onClose}>
      <TimePick
        label={t('sendLater')}
        action={t('schedule')}
        hint={t('hint')}
        morningHour={MORNING_HOUR}
        onPick={(at) => {
          onPick(at, sendAnyway)
          onClose()
        }}
      />
      <div className={css.anyway}>
        <Checkbox
          label={t('alsoIfAnswered')}
          checked={sendAnyway}
          onChange={(event) => setSendAnyway(event.target.checked)}
        />
      </div>
    </QuickDialog>
  )
}
