import { MfaConfirmDocument, MfaEnrollDocument } from '@souk/sdk';
import { Card } from '@souk/ui';
import { useState } from 'react';
import { souk } from '../../api/client.ts';
import { accepted } from '../../api/refusal.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { ProofForm } from './proof-form.tsx';
import { QrCode } from './qr-code.tsx';

/** The card that turns the authenticator app on: the password, then the QR code and the first code. */
export function TurnOnCard({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const { t } = useI18n();
  const [app, setApp] = useState<{ readonly secret: string; readonly uri: string } | null>(null);
  const enroll = async (password: string) => {
    const { secret, uri } = accepted((await souk.run(MfaEnrollDocument, { input: { password } })).mfaEnroll);
    if (secret && uri) setApp({ secret, uri });
  };
  const confirm = async (code: string) => {
    onCodes(accepted((await souk.run(MfaConfirmDocument, { input: { code } })).mfaConfirm).recoveryCodes ?? []);
  };
  return (
    <Card title={t('security.app')}>
      {app === null ? (
        <div className="flex flex-col gap-4">
          <p className="text-14 text-ink-2">{t('security.off')}</p>
          <ProofForm key="password" proof="password" submit={t('security.turnOn')} send={enroll} />
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-14 text-ink-2">{t('security.scan')}</p>
          <QrCode text={app.uri} label={t('security.qr')} />
          <div>
            <p className="text-14 font-medium">{t('security.secret')}</p>
            <code className="font-mono text-14 break-all select-all">{app.secret}</code>
          </div>
          <ProofForm key="code" proof="appCode" submit={t('security.confirm')} send={confirm} />
        </div>
      )}
    </Card>
  );
}
