import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { SmsPort } from '../../shared/kernel/grant.ts';
import { clientSettings, once } from './clients.ts';

/** As for mail: a second try after a lost answer would be a second message. */
const sns = once(() => new SNSClient({ ...clientSettings(), maxAttempts: 1 }));

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** Letters and digits, at most eleven: what a French operator shows in place of a number. */
const SENDER = 'Preau';
/** USD: no message to a French mobile costs as much, many to elsewhere do. */
const MOST = '0.20';

export const snsSms = (): SmsPort => ({
  async send(to, message) {
    const { MessageId } = await sns().send(
      new PublishCommand({
        PhoneNumber: to,
        Message: message,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': text('Transactional'),
          'AWS.SNS.SMS.SenderID': text(SENDER),
          'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: MOST },
        },
      }),
    );
    if (MessageId === undefined) throw new Error('accepted without a message id');
    return { messageId: MessageId };
  },
});
