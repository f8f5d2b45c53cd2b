/** Slugs that no shop can choose. They are host names of the platform's own services, or would pass for the platform itself. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set(
  `about abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog cdn cloud console
  dashboard default demo dev developer developers docs download email files ftp gateway graphql help host hostmaster imap info internal
  invalid legal local localhost login logout mail mails media metrics mx news noc noreply no-reply oauth operator ops payments ping
  platform pop postmaster press preview privacy prod production public register root search secure security server service settings shop
  signin signup sign-up smtp souk sso staging static stats status store stores support system team tenant tenants terms test web webmail
  webmaster websocket www`.split(/\s+/),
);
