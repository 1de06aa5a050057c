import styles from './logo.module.css'

/** Blue and green speech bubbles; where they overlap they are teal. */
export function Logo({ size = 28, withName = true }: { size?: number; withName?: boolean }) {
  return (
    <span className={styles.logo}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path className={styles.blue} d="M2 27.500 3.200 22A9.500 9.500 0 1 1 7 25.600Z" />
        <path className={styles.green} d="M30 27.500 28.800 22A9.500 9.500 0 1 0 25 25.600Z" />
        <path className={styles.teal} d="M16 10.200a9.500 9.500 0 0 1 0 13.900 9.500 9.500 0 0 1 0-13.900Z" />
      </svg>
      {withName ? <span className={styles.name}>Tealdesk</span> : null}
    </span>
  )
}
