import type { FirstMessages } from '../messages.ts';

export const en: FirstMessages = {
  title: { before: 'Identity check for ', after: '' },
  unnamed: 'Identity check',
  language: 'Language',
  testNote: 'This is a test environment. No real card is used.',
  progress: 'Progress',
  step: (step) => `Step ${step} of 3: ${['what is asked', 'proving it', 'checking it'][step - 1]}`,
  opensElsewhere: ' (opens in a new window)',
  leave: 'Leave',
  lost: 'The connection is lost. This page keeps trying.',
  disabled: {
    heading: 'This cannot be used right now',
    text: 'Other parts of this page may have to be filled in first.',
  },
  preparing: {
    heading: 'Getting ready',
    waiting: 'Waiting for the service to answer.',
    slow: 'This is taking longer than usual. Check your connection and try again.',
    again: 'Connect again',
  },
  intro: {
    heading: 'Prove your identity',
    asked: 'What is checked',
    before: 'You will see everything again before it is sent.',
    begin: 'Start',
    privacy: 'Privacy policy',
  },
  later: {
    loading: 'Loading',
    offlineHeading: 'The procedure is not complete',
    offline: 'The rest of this screen could not be loaded. Check your connection and try again.',
    again: 'Try again',
  },
  valueMissing: 'Please complete the identity check.',
  claims: {
    name: 'Name',
    address: 'Address',
    birth_date: 'Date of birth',
    sex: 'Sex',
    portrait: 'Portrait',
    age_in_years: 'Age',
    local_gov_code: 'Municipality code',
    individual_number: 'My Number (Individual Number)',
  },
  ageOver: (age) => `Whether you are ${age} or over`,
};
