import styles from './logo.module.css'

/** Blue and green speech bubbles; where they overlap they are teal. */
export function Logo({ size = 28, withName = true }: { size?: number; withName?: boolean }) {
  return (
    <span className={styles.logo}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path className={styles.blue} d="M2 27.5 3.2 22A9.5 9.5 0 1 1 7 25.6Z" />
        <path className={styles.green} d="M30 27.5 28.8 22A9.5 9.5 0 1 0 25 25.6Z" />
        <path className={styles.teal} d="M16 10.2a9.5 9.5 0 0 1 0 13.9 9.5 9.5 0 0 1 0-13.9Z" />
      </svg>
      {withName ? <span className={styles.name}>Tealdesk</span> : null}
    </span>
  )
}
