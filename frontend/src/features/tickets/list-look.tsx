import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCommands } from '@/features/shared/use-commands'
import { Button, IconButton } from '@/ui/button'
import { Checkbox } from '@/ui/field'
import { Popup } from '@/ui/popup'
import segments from '@/ui/segments.module.css'
import { chooseColumns } from './list-columns'
import css from './list-look.module.css'
import type { Density } from './row-density'
import { chooseDensity } from './row-density'
import type { TicketColumn } from './ticket-columns'
import { COLUMNS } from './ticket-columns'

const DENSITIES = { normal: 'roomy', dense: 'dense' } as const

export interface ListLookProps {
  columns: readonly TicketColumn[]
  density: Density
  /** The saved view that is shown, which has columns of its own. */
  viewId: string | undefined
}

/** How high rows are, and what they show. */
export function ListLook({ columns, density, viewId }: ListLookProps) {
  const t = useTranslations('tickets.column')
  const name = useId()
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  useCommands([
    {
      id: 'list.look',
      // Where a row is a card, or the list is beside a ticket, there is nothing to choose.
      run: () => setOpen(place.current?.checkVisibility?.() !== false),
    },
  ])
  return (
    <span ref={place}>
      <Popup
        label={t('choose')}
        open={isOpen}
        onOpenChange={setOpen}
        trigger={<IconButton label={t('choose')} icon="settings" size="small" />}
      >
        <div className={css.look}>
          <fieldset className={css.part}>
            <legend>{t('rows')}</legend>
            <span className={segments.segments}>
              {(['normal', 'dense'] as const).map((each) => (
                <label key={each} className={segments.segment}>
                  <input
                    type="radio"
                    className="visually-hidden"
                    name={name}
                    checked={density === each}
                    onChange={() => chooseDensity(each)}
                  />
                  {t(DENSITIES[each])}
                </label>
              ))}
            </span>
          </fieldset>
          <fieldset className={css.part}>
            <legend>{t('columns')}</legend>
            {COLUMNS.map((column) => (
              <Checkbox
                key={column}
                label={t(column)}
                checked={columns.includes(column)}
                // The last one stays: a choice of nothing could not be told from no choice.
                disabled={columns.length === 1 && columns.includes(column)}
                onChange={() =>
                  chooseColumns(
                    viewId,
                    COLUMNS.filter((each) => (each === column) !== columns.includes(each)),
                  )
                }
              />
            ))}
          </fieldset>
          <Button size="small" onClick={() => chooseColumns(viewId, undefined)}>
            {t('reset')}
          </Button>
        </div>
      </Popup>
    </span>
  )
}
