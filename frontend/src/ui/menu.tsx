import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { Icon, type IconName } from './icons'
import { KeyCaps } from './kbd'
import styles from './menu.module.css'

export interface MenuItem {
  label: string
  icon?: IconName
  shortcut?: string
  dangerous?: boolean
  disabled?: boolean
  onSelect: () => void
}

interface MenuProps {
  /** The button that opens the menu; it needs a label of its own. */
  trigger: ReactElement
  items: readonly (MenuItem | 'separator')[]
  align?: 'start' | 'end'
}

export function Menu({ trigger, items, align = 'end' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} align={align} sideOffset={4}>
          <Base.Popup className={styles.popup}>
            {items.map((item, index) =>
              item === 'separator' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity but their place.
                <Base.Separator key={`separator-${index}`} className={styles.separator} />
              ) : (
                <Base.Item
                  key={item.label}
                  className={item.dangerous ? `${styles.item} ${styles.dangerous}` : styles.item}
                  disabled={item.disabled}
                  onClick={item.onSelect}
                >
                  {item.icon ? <Icon name={item.icon} size={16} /> : null}
                  <span className={styles.label}>{item.label}</span>
                  {item.shortcut ? <KeyCaps keys={item.shortcut} /> : null}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
