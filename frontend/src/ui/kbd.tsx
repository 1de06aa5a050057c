import { keyCaps } from '@/lib/keyboard'
import styles from './kbd.module.css'

export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keyCaps(keys).map((cap, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one shortcut never move.
        <kbd key={index} className={styles.key}>
          {cap}
        </kbd>
      ))}
    </span>
  )
}
