import type { ReactNode } from 'react'
import { usePageTitle } from '@/lib/use-page-title'
import styles from './card.module.css'

interface CardProps {
  title: string
  text?: ReactNode
  children?: ReactNode
  /** Below the card: where else one may want to go. */
  footer?: ReactNode
}

/** The one card that sign-in, sign-up and their relatives consist of. */
export function Card({ title, text, children, footer }: CardProps) {
  usePageTitle(title)
  return (
    <>
      <section className={styles.card}>
        <h1>{title}</h1>
        {text ? <p className={styles.text}>{text}</p> : null}
        {children}
      </section>
      {footer ? <p className={styles.footer}>{footer}</p> : null}
    </>
  )
}
