import { useTranslations } from 'use-intl'
import { setTheme, type Theme, useTheme } from '@/lib/theme'
import { Icon } from './icons'
import styles from './segments.module.css'

const THEMES = [
  { theme: 'light', icon: 'sun' },
  { theme: 'dark', icon: 'moon' },
  { theme: 'system', icon: 'laptop' },
] as const satisfies readonly { theme: Theme; icon: string }[]

export function ThemeToggle() {
  const t = useTranslations('common.ui')
  const chosen = useTheme()
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">{t('theme.label')}</legend>
      {THEMES.map(({ theme, icon }) => (
        <label key={theme} className={styles.segment} title={t(`theme.${theme}`)}>
          <input
            type="radio"
            name="theme"
            className="visually-hidden"
            checked={chosen === theme}
            onChange={() => setTheme(theme)}
          />
          <Icon name={icon} size={16} />
          <span className="visually-hidden">{t(`theme.${theme}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
