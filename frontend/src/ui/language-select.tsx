import { useLocale, useTranslations } from 'use-intl'
import { isLocale, LOCALES, setLocale } from '@/lib/i18n'
import styles from './segments.module.css'

const NAMES = { en: 'English', de: 'Deutsch' } as const

export function LanguageSelect() {
  const t = useTranslations('common.ui')
  const locale = useLocale()
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">{t('language')}</legend>
      {LOCALES.map((choice) => (
        <label key={choice} className={styles.segment} title={NAMES[choice]}>
          <input
            type="radio"
            name="language"
            className="visually-hidden"
            checked={locale === choice}
            onChange={() => isLocale(choice) && void setLocale(choice)}
          />
          <span lang={choice} aria-hidden="true">
            {choice.toUpperCase()}
          </span>
          <span lang={choice} className="visually-hidden">
            {NAMES[choice]}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
