import type { components } from './schema';

type Shapes = components['schemas'];

export type Me = Shapes['MeOut'];
export type Lasting = Pick<Shapes['SessionOut'], 'ends_in' | 'renewable'>;
export type Employment = Shapes['EmploymentOut'];
export type Issuers = Shapes['IssuersOut'];
export type Advice = Shapes['Advice'];
export type NotificationTask = Shapes['NotificationTask'];
export type Ball = Shapes['Ball'];
export type CaseLine = Shapes['CaseLine'];
export type Case = Shapes['CaseOut'];
export type NewCase = Shapes['NewCase'];
export type FamilyMember = Shapes['FamilyPerson'];
export type ThreadLine = Shapes['ThreadLine'];
export type Thread = Shapes['ThreadOut'];
export type Member = Shapes['PersonInThread'];
export type Person = Shapes['PersonOut'];
export type Author = Shapes['Author'];
export type Entry = Shapes['EntryOut'];
export type Page = Shapes['EntryPage'];
export type Changes = Shapes['Frame'];
export type Attachment = Shapes['AttachmentOut'];
export type Note = Shapes['NoteOut'];
export type NoteText = Shapes['NoteText'];
export type NewNote = Shapes['NewNote'];
export type NoteWords = Omit<Shapes['NewNote'], 'id' | 'template'>;
export type Template = Shapes['Template'];
export type ChildView = Shapes['ChildView'];
export type Box = Shapes['Box'];
export type Response = Shapes['ResponseOut'];
export type ResponseKind = Shapes['ResponseKind'];
export type Invitation = Shapes['InvitationOut'];
export type NewInvitation = Shapes['Proposal'];
export type Information = NewInvitation['kinds'][number];
export type Consent = Shapes['ConsentOut'];
export type NewConsent = Shapes['Recording'];
export type Claim = Shapes['ClaimOut'];
export type Opening = Shapes['OpenedOut'];
export type Act = Shapes['Act'];
export type Role = Shapes['Role'];

/** Where a thread lives: its case and its own id. */
export interface Place {
  case: string;
  thread: string;
}
