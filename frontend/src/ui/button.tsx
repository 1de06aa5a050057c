import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from '@/lib/class-names'
import styles from './button.module.css'
import { Icon, type IconName } from './icons'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  children: ReactNode
  kind?: ButtonKind
  size?: 'small' | 'normal'
  icon?: IconName
  /** Keeps the width, dims the label and refuses further clicks while a request is under way. */
  busy?: boolean
  /** As wide as its container. */
  wide?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function buttonClass(
  kind: ButtonKind = 'secondary',
  size: 'small' | 'normal' = 'normal',
  wide = false,
) {
  return classNames(styles.button, styles[kind], size === 'small' && styles.small, wide && styles.wide)
}

export function Button({ children, kind, size, icon, busy, wide, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass(kind, size, wide)}
      aria-busy={busy || undefined}
      // Not `disabled`, which would throw the focus away in the middle of what the person does.
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {icon ? <Icon name={icon} size={16} /> : null}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'> {
  /** Read to those who cannot see the icon, and shown on hover. */
  label: string
  icon: IconName
  size?: 'small' | 'normal'
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ label, icon, size = 'normal', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classNames(styles.iconButton, size === 'small' && styles.iconSmall)}
    >
      <Icon name={icon} size={size === 'small' ? 16 : 18} />
    </button>
  )
}
