import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { buttonClass } from '@/ui/button'
import { EmptyState } from '@/ui/states'

export default function NotFoundPage() {
  const t = useTranslations('common.pages')
  usePageTitle(t('notFoundTitle'))
  return (
    <EmptyState
      isPage
      icon="search"
      title={t('notFoundTitle')}
      action={
        <Link to={paths.start} className={buttonClass('primary')}>
          {t('start')}
        </Link>
      }
    >
      {t('notFoundText')}
    </EmptyState>
  )
}
