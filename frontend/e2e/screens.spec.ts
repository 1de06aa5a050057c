import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, signIn, test } from './desk'
import type { Role } from './desk-api'

/** Every screen once in light and in dark: no finding of axe, nothing wider than the window, a picture to look at. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast', 'link-in-text-block']
const PICTURES = new URL('../e2e-results/screens/', import.meta.url).pathname

const SIZES = [
  { name: 'wide', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
]

interface Screen {
  name: string
  path: string
  as?: Role
  /** What has to be seen before the screen counts as there, and what opens it where the path does not. */
  ready: (page: Page) => Promise<void>
  /** A menu lies at the end of the document, and in no landmark. */
  isMenu?: boolean
  /** A phone has a card for each ticket: no columns to choose from. */
  isWideOnly?: boolean
}

const heading = (name: string | RegExp) => async (page: Page) =>
  expect(page.getByRole('heading', { name }).first()).toBeVisible()

/** A dialog and the button that opens it are named alike. */
const dialog = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name }).click()
  await expect(page.getByRole('dialog', { name })).toBeVisible()
}

const SCREENS: Screen[] = [
  { name: 'sign-in', path: '/sign-in', ready: heading('Sign in') },
  { name: 'sign-up', path: '/sign-up', ready: heading('Sign up') },
  { name: 'forgot-password', path: '/forgot-password', ready: heading('Forgot your password?') },
  { name: 'reset-password', path: '/reset-password#token=x', ready: heading('Choose a new password') },
  { name: 'accept-invitation', path: '/accept-invitation#token=x', ready: heading('Welcome to the team') },
  { name: 'verify-email', path: '/verify-email#token=x', ready: heading('This link did not work') },
  { name: 'not-found', path: '/nowhere', ready: heading('There is nothing here') },
  { name: 'portal-list', path: '/portal', as: 'CUSTOMER', ready: heading('Your requests') },
  { name: 'portal-ask', path: '/portal/ask', as: 'CUSTOMER', ready: heading('Ask for help') },
  {
    name: 'portal-profile',
    path: '/portal/profile',
    as: 'CUSTOMER',
    ready: heading('Where you are signed in'),
  },
  {
    name: 'portal-ticket',
    path: '/portal',
    as: 'CUSTOMER',
    ready: async (page) => {
      await page.locator('a[href^="/portal/tickets/"]').first().click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByText('asked').or(page.getByText('You')).first()).toBeVisible()
    },
  },
  { name: 'home', path: '/home', as: 'AGENT', ready: heading(/Hello/) },
  {
    name: 'ticket-list',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible(),
  },
  {
    name: 'ticket',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\/tickets\/\d+/)
      await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
      await page.keyboard.press('r')
      await expect(page.getByRole('textbox', { name: /Reply to/ })).toBeVisible()
    },
  },
  {
    name: 'history-and-note',
    path: '/tickets?order=NEWEST',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().getByRole('link').click()
      await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
      await page.keyboard.press('h')
      await expect(page.getByText(/opened the ticket/).first()).toBeVisible()
      await page.keyboard.press('n')
      await expect(page.getByRole('textbox', { name: /Internal note/ })).toBeVisible()
    },
  },
  {
    name: 'assign-dialog',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('a')
      await expect(page.getByRole('dialog').getByRole('option').nth(2)).toBeVisible()
    },
  },
  {
    name: 'snooze-dialog',
    path: '/tickets?lane=TO_DO',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('s')
      await expect(page.getByRole('dialog').getByRole('option').nth(2)).toBeVisible()
    },
  },
  {
    name: 'send-later-dialog',
    path: '/tickets?lane=TO_DO',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
      await page.keyboard.press('r')
      await page.getByRole('textbox', { name: /Reply to/ }).fill('How is it now?')
      await page.keyboard.press('Control+Alt+Enter')
      await expect(page.getByRole('dialog').getByRole('option').nth(2)).toBeVisible()
    },
  },
  {
    name: 'insert-saved-reply',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().getByRole('link').click()
      await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
      await page.keyboard.press('r')
      await page.getByRole('textbox', { name: /Reply to/ }).fill('')
      await page.keyboard.type('/')
      await expect(
        page.getByRole('listbox', { name: 'Saved replies' }).getByRole('option').nth(2),
      ).toBeVisible()
    },
  },
  {
    name: 'apply-macro',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Shift+M')
      await expect(page.getByRole('dialog').getByRole('option').nth(2)).toBeVisible()
    },
  },
  {
    name: 'selection',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+J')
      await page.keyboard.press('Shift+J')
      await expect(page.getByText('3 selected').first()).toBeVisible()
    },
  },
  {
    name: 'selection-tags',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+J')
      await page.keyboard.press('t')
      await expect(page.getByRole('dialog').getByRole('option').nth(2)).toBeVisible()
    },
  },
  {
    name: 'bulk-edits',
    path: '/tickets?lane=TO_DO',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+J')
      await page.keyboard.press('p')
      await page.keyboard.type('low')
      await page.keyboard.press('Enter')
      await expect(page.getByText(/tickets: priority Low/)).toBeVisible()
      await page.keyboard.press('z')
      await expect(page.getByText(/as before/)).toBeVisible()
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').waitFor()
      await page.keyboard.type('Edits of many')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
    },
  },
  {
    name: 'merge-dialog',
    path: '/tickets?lane=TO_DO',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('m')
      await page.getByRole('combobox', { name: 'Number or subject of the ticket that stays' }).fill('the')
      await expect(page.getByRole('region', { name: 'This ticket stays' })).toContainText('#')
    },
  },
  {
    name: 'link-dialog',
    path: '/tickets?lane=TO_DO',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('l')
      await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(5)
    },
  },
  {
    name: 'split-dialog',
    path: '/tickets?lane=TO_DO',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().getByRole('link').click()
      await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
      // What can be split off is known with the messages; and a draft of a screen before may have taken the focus.
      const messages = page.getByRole('region', { name: 'Conversation' })
      await expect(messages.getByRole('article').first()).toBeVisible()
      await messages.focus()
      await page.keyboard.press('Shift+D')
      await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible()
    },
  },
  {
    name: 'filter-popup',
    path: '/tickets?status=OPEN&overdue=true&text=brake',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('button', { name: /^Status/ }).click()
      await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'no-ticket-matches',
    path: '/tickets?text=zzzzzzzz',
    as: 'AGENT',
    ready: async (page) => expect(page.getByText('No ticket matches this filter.')).toBeVisible(),
  },
  {
    name: 'list-failed',
    path: '/tickets?tag=unreachable',
    as: 'AGENT',
    ready: async (page) => {
      await page.route(/api\/v1\/tickets\?/, (route) => route.fulfill({ status: 500 }))
      await page.reload()
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
      await page.unroute(/api\/v1\/tickets\?/)
    },
  },
  {
    name: 'filter-builder',
    path: '/tickets?status=OPEN',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Advanced' }).click()
      await page.getByRole('button', { name: 'Group' }).click()
      await expect(page.getByText(/tickets? match/)).toBeVisible()
    },
  },
  {
    name: 'save-view',
    path: '/tickets?status=OPEN',
    as: 'AGENT',
    ready: dialog('Save as view'),
  },
  {
    name: 'columns',
    path: '/tickets',
    as: 'AGENT',
    isWideOnly: true,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Columns and rows' }).click()
      await expect(page.getByRole('checkbox', { name: 'Priority' })).toBeVisible()
    },
  },
  {
    name: 'suggestions',
    path: '/search',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('combobox', { name: 'Search' }).fill('brak')
      await expect(page.getByRole('option').nth(2)).toBeVisible()
    },
  },
  {
    name: 'search',
    path: '/search?q=brake',
    as: 'AGENT',
    ready: async (page) => expect(page.getByRole('main').locator('mark').first()).toBeVisible(),
  },
  {
    name: 'search-finds-nothing',
    path: '/search?q=zzzzzzzz',
    as: 'AGENT',
    ready: heading(/zzzzzzzz/),
  },
  {
    name: 'search-refused',
    path: '/search?q=before:someday',
    as: 'AGENT',
    ready: async (page) => expect(page.getByText(/need a day/)).toBeVisible(),
  },
  ...['volume', 'first-reply', 'load', 'tags'].map(
    (report): Screen => ({
      name: `report-${report}`,
      path: `/reports?report=${report}&compare=true`,
      as: 'ADMINISTRATOR',
      ready: async (page) => {
        await heading('Reports')(page)
        await expect(page.getByRole('main').locator('figure, table, svg[role]').first()).toBeVisible()
      },
    }),
  ),
  { name: 'open-ticket', path: '/tickets/new', as: 'AGENT', ready: heading('Open a ticket for a customer') },
  {
    name: 'keyboard-help',
    path: '/home',
    as: 'AGENT',
    ready: async (page) => {
      await heading(/Hello/)(page)
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    },
  },
  {
    name: 'palette',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog').getByRole('option').nth(5)).toBeVisible()
    },
  },
  {
    name: 'palette-found',
    path: '/home',
    as: 'AGENT',
    ready: async (page) => {
      await heading(/Hello/)(page)
      await page.getByRole('button', { name: 'Commands' }).click()
      await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('brak')
      await expect(page.getByRole('group', { name: 'Tickets' }).getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'peek',
    path: '/tickets',
    as: 'AGENT',
    ready: async (page) => {
      await page.getByRole('main').getByRole('listitem').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Space')
      await expect(
        page.getByRole('complementary').getByRole('region', { name: 'Conversation' }),
      ).toBeVisible()
    },
  },
  {
    name: 'keyboard',
    path: '/profile/keyboard',
    as: 'AGENT',
    ready: async (page) => {
      await heading('While writing')(page)
      await page.getByRole('button', { name: 'Change the keys of Assign' }).click()
      await page.keyboard.press('e')
      await expect(page.getByText(/belongs to “Resolve”/)).toBeVisible()
    },
  },
  { name: 'people', path: '/people', as: 'ADMINISTRATOR', ready: heading('People') },
  { name: 'invite', path: '/people', as: 'ADMINISTRATOR', ready: dialog('Invite a colleague') },
  {
    name: 'person-menu',
    path: '/people',
    as: 'ADMINISTRATOR',
    isMenu: true,
    ready: async (page) => {
      await page
        .getByRole('button', { name: /Actions for/ })
        .first()
        .click()
      await expect(page.getByRole('menuitem').first()).toBeVisible()
    },
  },
  { name: 'add-customer', path: '/people', as: 'ADMINISTRATOR', ready: dialog('Add a customer') },
  { name: 'new-team', path: '/teams', as: 'ADMINISTRATOR', ready: dialog('New team') },
  {
    name: 'team-members',
    path: '/teams',
    as: 'ADMINISTRATOR',
    ready: async (page) => {
      await page
        .getByRole('button', { name: /Actions for/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Choose members' }).click()
      await expect(page.getByRole('dialog', { name: /Members of/ })).toBeVisible()
    },
  },
  {
    name: 'new-organisation',
    path: '/organisations',
    as: 'ADMINISTRATOR',
    ready: dialog('New organisation'),
  },
  {
    name: 'sign-out-everywhere',
    path: '/profile',
    as: 'ADMINISTRATOR',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Sign out everywhere' }).click()
      await expect(page.getByRole('heading', { name: 'Sign out everywhere' })).toBeVisible()
    },
  },
  { name: 'teams', path: '/teams', as: 'ADMINISTRATOR', ready: heading('Teams') },
  { name: 'organisations', path: '/organisations', as: 'ADMINISTRATOR', ready: heading('Organisations') },
  {
    name: 'scheduled-replies',
    path: '/scheduled-replies',
    as: 'AGENT',
    ready: heading('Scheduled replies'),
  },
  { name: 'saved-replies', path: '/saved-replies', as: 'ADMINISTRATOR', ready: heading('Saved replies') },
  {
    name: 'new-saved-reply',
    path: '/saved-replies',
    as: 'ADMINISTRATOR',
    ready: async (page) => {
      await dialog('New saved reply')(page)
      await page.getByLabel('Text', { exact: true }).fill('Hi {{requester.firstName|there}}')
      await expect(page.getByText('Hi Robin')).toBeVisible()
    },
  },
  {
    name: 'macros',
    path: '/macros',
    as: 'ADMINISTRATOR',
    ready: async (page) => expect(page.getByRole('rowheader').first()).toBeVisible(),
  },
  {
    name: 'new-macro',
    path: '/macros',
    as: 'ADMINISTRATOR',
    ready: async (page) => {
      await dialog('New macro')(page)
      await page.getByLabel('Message', { exact: true }).selectOption('REPLY')
      await expect(page.getByRole('region', { name: 'Preview' })).toBeVisible()
    },
  },
  {
    name: 'sla-policies',
    path: '/sla-policies',
    as: 'ADMINISTRATOR',
    ready: async (page) => expect(page.getByRole('rowheader').first()).toBeVisible(),
  },
  {
    name: 'new-sla-policy',
    path: '/sla-policies',
    as: 'ADMINISTRATOR',
    ready: async (page) => {
      await dialog('New SLA policy')(page)
      await expect(page.getByText('First reply: due')).toBeVisible()
    },
  },
  {
    name: 'business-hours',
    path: '/business-hours',
    as: 'ADMINISTRATOR',
    ready: async (page) => expect(page.getByRole('rowheader').first()).toBeVisible(),
  },
  {
    name: 'new-business-hours',
    path: '/business-hours',
    as: 'ADMINISTRATOR',
    ready: dialog('New business hours'),
  },
  { name: 'profile', path: '/profile', as: 'ADMINISTRATOR', ready: heading('Where you are signed in') },
]

for (const role of [undefined, 'CUSTOMER', 'AGENT', 'ADMINISTRATOR'] as const) {
  test(`screens of ${role ?? 'visitors'} are accessible in light and dark and fit a phone`, {
    tag: '@screens',
  }, async ({ page, api }) => {
    // Four pictures and as many examinations of each screen, on a machine that may be slow.
    test.setTimeout(900_000)
    if (role) await signIn(page, await api.demoLogin(role))
    for (const screen of SCREENS.filter((each) => each.as === role)) {
      for (const size of SIZES.filter((each) => !screen.isWideOnly || each.name === 'wide')) {
        await page.setViewportSize(size)
        await page.goto(screen.path)
        await screen.ready(page)
        for (const colorScheme of ['light', 'dark'] as const) {
          await test.step(`${screen.name}, ${size.name}, ${colorScheme}`, async () => {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
            await settled(page)
            const examination = new AxeBuilder({ page })
            // In the dark only colours differ.
            const findings = await (colorScheme === 'light'
              ? examination.withTags(WCAG)
              : examination.withRules(COLOURS)
            )
              // Base UI's guards take the focus only to hand it on, and are silent for that moment.
              .exclude('[data-base-ui-focus-guard]')
              .disableRules(screen.isMenu ? ['region'] : [])
              .analyze()
            await page.screenshot({ path: `${PICTURES}${screen.name}-${size.name}-${colorScheme}.png` })
            const told = findings.violations.map(
              (each) => `${each.id}: ${each.help}\n  ${each.nodes.map((node) => node.html).join('\n  ')}`,
            )
            expect.soft(told, `${screen.name}, ${size.name}, ${colorScheme}`).toEqual([])
            const width = await page.evaluate(() => document.documentElement.scrollWidth)
            expect.soft(width, `${screen.name} is wider than the window`).toBeLessThanOrEqual(size.width)
          })
        }
      }
    }
  })
}

/** Colours are measured once nothing fades any more. */
async function settled(page: Page) {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  )
}
