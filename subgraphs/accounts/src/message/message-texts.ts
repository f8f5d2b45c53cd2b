import type { OtherTemplate } from './message.ts';

/** The texts of a message. A placeholder such as `{number}` is replaced by a value. */
export interface MessageText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The label of the link. */
  readonly action: string;
}

/** The languages of messages. A message in another language is sent in English. */
export type MessageLanguage = 'en' | 'de' | 'ar';

/** The texts of mails about orders, invitations and new shops, by language. */
export const MESSAGE_TEXTS: Readonly<Record<MessageLanguage, Readonly<Record<OtherTemplate, MessageText>>>> = {
  en: {
    ORDER_PLACED: {
      subject: 'Your order {number} at {shop}',
      paragraphs: ['Thank you for your order. We have received it and will tell you when it ships.', 'Total: {total}'],
      action: 'Open the order',
    },
    ORDER_SHIPPED: {
      subject: 'Your order {number} is on its way',
      paragraphs: ['A shipment of your order {number} has left our warehouse.'],
      action: 'Follow the order',
    },
    ORDER_CANCELED: {
      subject: 'Your order {number} was canceled',
      paragraphs: ['Your order {number} was canceled. A payment that we received is returned to you.'],
      action: 'Open the order',
    },
    ORDER_REFUNDED: {
      subject: 'A refund for your order {number}',
      paragraphs: ['We have returned money for your order {number}. Your bank may need some days to show the amount.'],
      action: 'Open the order',
    },
    USER_INVITED: {
      subject: 'Join the team of {shop}',
      paragraphs: [
        'You are invited to work for {shop} on Souk. Open the link and choose a password.',
        'The link works once, for seven days. If you do not know {shop}, ignore this mail.',
      ],
      action: 'Accept the invitation',
    },
    EMAIL_CONFIRMATION: {
      subject: 'Confirm your e-mail address for {shop}',
      paragraphs: [
        'Your shop {shop} is open. Confirm your e-mail address. Until then, a login must name the shop.',
        'The link works once, for seven days. If you did not open {shop}, ignore this mail.',
      ],
      action: 'Confirm the address',
    },
  },
  de: {
    ORDER_PLACED: {
      subject: 'Ihre Bestellung {number} bei {shop}',
      paragraphs: [
        'Vielen Dank für Ihre Bestellung. Wir haben sie erhalten und melden uns, sobald sie unterwegs ist.',
        'Summe: {total}',
      ],
      action: 'Bestellung öffnen',
    },
    ORDER_SHIPPED: {
      subject: 'Ihre Bestellung {number} ist unterwegs',
      paragraphs: ['Eine Sendung Ihrer Bestellung {number} hat unser Lager verlassen.'],
      action: 'Bestellung verfolgen',
    },
    ORDER_CANCELED: {
      subject: 'Ihre Bestellung {number} wurde storniert',
      paragraphs: ['Ihre Bestellung {number} wurde storniert. Eine erhaltene Zahlung erstatten wir Ihnen.'],
      action: 'Bestellung öffnen',
    },
    ORDER_REFUNDED: {
      subject: 'Eine Erstattung zu Ihrer Bestellung {number}',
      paragraphs: [
        'Wir haben Ihnen Geld zu Ihrer Bestellung {number} erstattet. Bis der Betrag auf Ihrem Konto erscheint, können einige Tage vergehen.',
      ],
      action: 'Bestellung öffnen',
    },
    USER_INVITED: {
      subject: 'Einladung in das Team von {shop}',
      paragraphs: [
        'Sie sind eingeladen, auf Souk für {shop} zu arbeiten. Öffnen Sie den Link und wählen Sie ein Passwort.',
        'Der Link gilt einmal und sieben Tage lang. Wenn Sie {shop} nicht kennen, beachten Sie diese Mail nicht.',
      ],
      action: 'Einladung annehmen',
    },
    EMAIL_CONFIRMATION: {
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse für {shop}',
      paragraphs: [
        'Ihr Shop {shop} ist eröffnet. Bestätigen Sie Ihre E-Mail-Adresse. Bis dahin muss eine Anmeldung den Shop nennen.',
        'Der Link gilt einmal und sieben Tage lang. Wenn Sie {shop} nicht eröffnet haben, beachten Sie diese Mail nicht.',
      ],
      action: 'Adresse bestätigen',
    },
  },
  ar: {
    ORDER_PLACED: {
      subject: 'طلبك {number} لدى {shop}',
      paragraphs: ['شكرًا لطلبك. لقد استلمناه وسنخبرك عند شحنه.', 'المجموع: {total}'],
      action: 'فتح الطلب',
    },
    ORDER_SHIPPED: {
      subject: 'طلبك {number} في الطريق إليك',
      paragraphs: ['غادرت شحنة من طلبك {number} مستودعنا.'],
      action: 'متابعة الطلب',
    },
    ORDER_CANCELED: {
      subject: 'تم إلغاء طلبك {number}',
      paragraphs: ['تم إلغاء طلبك {number}. سنعيد إليك أي مبلغ استلمناه.'],
      action: 'فتح الطلب',
    },
    ORDER_REFUNDED: {
      subject: 'استرداد مبلغ لطلبك {number}',
      paragraphs: ['أعدنا إليك مبلغًا لطلبك {number}. قد يحتاج مصرفك إلى بضعة أيام لإظهار المبلغ.'],
      action: 'فتح الطلب',
    },
    USER_INVITED: {
      subject: 'انضم إلى فريق {shop}',
      paragraphs: [
        'أنت مدعو للعمل لدى {shop} على Souk. افتح الرابط واختر كلمة مرور.',
        'يعمل الرابط مرة واحدة خلال سبعة أيام. إذا كنت لا تعرف {shop} فتجاهل هذه الرسالة.',
      ],
      action: 'قبول الدعوة',
    },
    EMAIL_CONFIRMATION: {
      subject: 'أكّد بريدك الإلكتروني لمتجر {shop}',
      paragraphs: [
        'متجرك {shop} مفتوح الآن. أكّد عنوان بريدك الإلكتروني. وحتى ذلك الحين يجب أن يذكر تسجيل الدخول اسم المتجر.',
        'يعمل الرابط مرة واحدة خلال سبعة أيام. إذا لم تفتح {shop} فتجاهل هذه الرسالة.',
      ],
      action: 'تأكيد العنوان',
    },
  },
};
