import { useTranslations } from 'use-intl'
import { HtmlView } from '@/ui/html-view'
import css from './signature-view.module.css'

/** What stands below a reply, folded: whoever reads on has seen it before. */
export function SignatureView({ html }: { html: string | undefined }) {
  const t = useTranslations('common.ui')
  return html ? (
    <details className={css.signature}>
      <summary>{t('signature')}</summary>
      <HtmlView html={html} />
    </details>
  ) : null
}
