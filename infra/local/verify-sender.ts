import {
  GetIdentityVerificationAttributesCommand,
  SESClient,
  SetIdentityNotificationTopicCommand,
  VerifyEmailIdentityCommand,
} from '@aws-sdk/client-ses';

/**
 * The emulator refuses an unverified sender as AWS does, verifies on asking, and sends feedback to the topics of the identity
 * where AWS sends it to the configuration set's.
 */
export async function verifySender(sender: string, feedbackTopic: string | undefined): Promise<void> {
  const ses = new SESClient({});
  const address = /<([^>]+)>/.exec(sender)?.[1] ?? sender;
  const { VerificationAttributes } = await ses.send(new GetIdentityVerificationAttributesCommand({ Identities: [address] }));
  if (VerificationAttributes?.[address]?.VerificationStatus !== 'Success') {
    await ses.send(new VerifyEmailIdentityCommand({ EmailAddress: address }));
  }
  if (!feedbackTopic) return;
  for (const NotificationType of ['Bounce', 'Complaint', 'Delivery'] as const) {
    await ses.send(new SetIdentityNotificationTopicCommand({ Identity: address, NotificationType, SnsTopic: feedbackTopic }));
  }
}
