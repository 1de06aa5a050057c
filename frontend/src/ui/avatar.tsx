import styles from './avatar.module.css'

const HUES = 8

/** The same person has the same colour everywhere; the name always stands beside it. */
export function Avatar({ name, size = 28 }: { name: string; size?: number }) {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return (
    <span
      className={`${styles.avatar} ${styles[`hue${hash % HUES}`]}`}
      style={{ width: size, height: size, fontSize: Math.max(Math.round(size * 0.39), 10) }}
      aria-hidden="true"
      // Drawn by the style sheet: initials are no text to be read, copied or found.
      data-initials={initialsOf(name)}
    />
  )
}

export function initialsOf(name: string) {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '?'
}
