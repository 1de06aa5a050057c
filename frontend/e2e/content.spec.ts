import { expect, test } from './desk'
import { unique } from './desk-api'

const HOSTILE = [
  '<script>window.ran = 1</script>',
  '<img src="x" onerror="window.ran = 2">',
  '<svg onload="window.ran = 3"></svg>',
  '<iframe srcdoc="<script>parent.ran = 4</script>"></iframe>',
  '[a link](javascript:window.ran=5)',
  '![a picture](https://tracker.example/pixel.png)',
  '<a href="data:text/html,<script>alert(6)</script>">another</a>',
].join('\n\n')

const FILES = [
  {
    name: 'picture.svg',
    mimeType: 'image/svg+xml',
    content: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(7)"><script>alert(8)</script></svg>',
  },
  { name: 'page.html', mimeType: 'text/html', content: '<!doctype html><script>alert(9)</script>' },
]

test('nothing that people send runs', async ({ api, browserOf }) => {
  const customer = await api.newCustomer('Eve <b onmouseover=alert(1)>Esche</b>')
  const agent = await api.newAgent('Fritz Fichte')
  const subject = unique('<img src=x onerror="window.ran = 10">')
  const portal = await browserOf(customer, '/portal/ask')
  await portal.getByLabel('What is it about?').fill(subject)
  await portal.getByLabel('Your message').fill(`${HOSTILE}\n\nshown to the end`)
  const chooser = portal.waitForEvent('filechooser')
  await portal.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles(
    FILES.map(({ content, ...file }) => ({ ...file, buffer: Buffer.from(content) })),
  )
  for (const { name } of FILES)
    await expect(portal.getByRole('button', { name: `Remove ${name}` })).toBeVisible()
  await portal.getByRole('button', { name: 'Send' }).click()
  await expect(portal).toHaveURL(/\/portal\/tickets\/\d+/)
  const number = Number(/(\d+)$/.exec(portal.url())?.[1])
  const desk = await browserOf(agent, `/tickets/${number}`)

  for (const page of [portal, desk]) {
    await expect(page.getByText('shown to the end')).toBeVisible()
    await expect(page.getByRole('heading', { name: subject })).toBeVisible()
    for (const { name } of FILES) {
      const answer = page.waitForResponse(/\/api\/v1\/attachments\//)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name }).click()
      expect((await download).suggestedFilename()).toBe(name)
      const headers = (await answer).headers()
      expect(headers['content-disposition']).toMatch(/^attachment/)
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
    await expect(page.locator('main :is(img, script, iframe, object, embed)')).toHaveCount(0)
    await expect(page.locator('a[href^="javascript:"], a[href^="data:"]')).toHaveCount(0)
  }
})
