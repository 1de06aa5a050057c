import type { APIRequestContext } from '@playwright/test'

/**
 * Where the desk's mail can be read: in the desk itself where it has a mail catcher built in (`mvn spring-boot:run`),
 * in maildev at MAILDEV_URL where it is composed.
 */
export async function newestMailTo(recipient: string, request: APIRequestContext): Promise<string> {
  const maildev = process.env.MAILDEV_URL
  return maildev ? newestInMaildev(maildev, recipient, request) : newestInDesk(recipient, request)
}

async function newestInDesk(recipient: string, request: APIRequestContext): Promise<string> {
  const response = await request.get(`/dev/mail.json?to=${encodeURIComponent(recipient)}`)
  const mails: { text: string }[] = await response.json()
  return mails[0]?.text ?? ''
}

async function newestInMaildev(
  maildev: string,
  recipient: string,
  request: APIRequestContext,
): Promise<string> {
  const response = await request.get(`${maildev}/api/email`)
  const mails: { time: string; text: string; to: { address: string }[] }[] = await response.json()
  const newest = mails
    .filter((mail) => mail.to.some((person) => person.address === recipient))
    .sort((one, other) => one.time.localeCompare(other.time))
    .at(-1)
  return newest?.text ?? ''
}
