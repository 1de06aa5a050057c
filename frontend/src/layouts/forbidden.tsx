import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { buttonClass } from '@/ui/button'
import { EmptyState } from '@/ui/states'

/** A signed-in person opened a page of another role: a customer a link from the workspace, say. */
export function Forbidden() {
  const t = useTranslations('common.pages')
  usePageTitle(t('forbiddenTitle'))
  return (
    <main>
      <EmptyState
        isPage
        icon="lock"
        title={t('forbiddenTitle')}
        action={
          <Link to={paths.start} className={buttonClass('primary')}>
            {t('start')}
          </Link>
        }
      >
        {t('forbiddenText')}
      </EmptyState>
    </main>
  )
}
