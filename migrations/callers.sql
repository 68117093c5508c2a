-- WHO MAY CALL WHAT. Applied last; tests/policies/functions.csv holds the same list, typed by hand.
--
-- A function that is not named here can be called by other functions only. Those that see more than their caller
-- (SECURITY DEFINER) belong to rundtom_authz, which cannot log in.

do $$
declare f record;
begin
  for f in
    select p.oid::regprocedure as sig, p.prosecdef, c.roles
      from pg_proc p left join (values
        ('address_of', 'rundtom_worker'),
        ('advised_by', 'rundtom_web'),
        ('answer_hand_over', 'rundtom_web'),
        ('answers_now', 'rundtom_authz'),
        ('ask_for_custody', 'rundtom_web'),
        ('assign_ball', 'rundtom_web'),
        ('audit_looks', 'rundtom_web'),
        ('birthdays', 'rundtom_worker'),
        ('can_answer', 'rundtom_web, rundtom_authz'),
        ('caseworker_for', 'rundtom_web, rundtom_authz'),
        ('changes', 'rundtom_web, rundtom_live'),
        ('colleagues', 'rundtom_web'),
        ('colleagues_for', 'rundtom_web'),
        ('consented_until', 'rundtom_web, rundtom_authz'),
        ('count_served', 'rundtom_web'),
        ('custody_waiting', 'rundtom_web'),
        ('end_custody', 'rundtom_web'),
        ('end_duty_places', 'rundtom_worker'),
        ('end_employment', 'rundtom_owner'),
        ('end_my_session', 'rundtom_web'),
        ('end_unconsented', 'rundtom_web'),
        ('end_what_is_over', 'rundtom_worker'),
        ('enqueue', 'rundtom_web'),
        ('enter_session', 'rundtom_web'),
        ('enter_thread', 'rundtom_web'),
        ('family_person', 'rundtom_web'),
        ('file_scanned', 'rundtom_worker'),
        ('file_to_scan', 'rundtom_worker'),
        ('find_words', 'rundtom_web'),
        ('first_calls', 'rundtom_web'),
        ('give_consent', 'rundtom_web'),
        ('givers', 'rundtom_web, rundtom_authz'),
        ('goes_to', 'rundtom_web'),
        ('hand_over_state', 'rundtom_web, rundtom_authz'),
        ('hand_overs_waiting', 'rundtom_web'),
        ('hear_logout', 'rundtom_web'),
        ('in_force', 'rundtom_web, rundtom_live, rundtom_worker, rundtom_authz'),
        ('invitation_bounced', 'rundtom_worker'),
        ('invitation_sent', 'rundtom_worker'),
        ('is_away', 'rundtom_authz'),
        ('is_new_to', 'rundtom_web'),
        ('issue_invitation', 'rundtom_worker'),
        ('led_intervals', 'rundtom_web'),
        ('led_stages', 'rundtom_web'),
        ('led_threads', 'rundtom_authz'),
        ('lock_invitation', 'rundtom_web'),
        ('look', 'rundtom_web'),
        ('look_live', 'rundtom_live'),
        ('looked_as', 'rundtom_web'),
        ('lost_balls', 'rundtom_web'),
        ('may_stand_as', 'rundtom_web'),
        ('me', 'rundtom_web, rundtom_live, rundtom_worker, rundtom_authz'),
        ('my_consultations', 'rundtom_web'),
        ('my_family_threads', 'rundtom_web'),
        ('my_sessions', 'rundtom_web'),
        ('my_threads', 'rundtom_web'),
        ('my_units', 'rundtom_web'),
        ('name_deputy', 'rundtom_web'),
        ('open_duty_access', 'rundtom_web'),
        ('open_invitation', 'rundtom_web'),
        ('pass_on_consultation', 'rundtom_web'),
        ('pause_place', 'rundtom_web'),
        ('post_message', 'rundtom_web, rundtom_authz'),
        ('propose_hand_over', 'rundtom_web'),
        ('read_custody_waiting', 'rundtom_web'),
        ('read_hand_overs', 'rundtom_web'),
        ('read_screenings', 'rundtom_web'),
        ('reason_on_duty', 'rundtom_web'),
        ('reconcile', 'rundtom_worker'),
        ('reconciliations_of_auditor', 'rundtom_web'),
        ('record_event', 'rundtom_web'),
        ('redeem_invitation', 'rundtom_web'),
        ('refuse_invitation', 'rundtom_web'),
        ('remind_of_last_days', 'rundtom_worker'),
        ('renew_invitation', 'rundtom_web'),
        ('sessions_left', 'rundtom_live'),
        ('settle_claim', 'rundtom_web'),
        ('settle_custody', 'rundtom_web'),
        ('sight_duty_access', 'rundtom_web'),
        ('sign_in', 'rundtom_web'),
        ('sign_out', 'rundtom_web'),
        ('sign_screening', 'rundtom_web'),
        ('sits_with_me', 'rundtom_web'),
        ('stage_intervals', 'rundtom_authz'),
        ('stands', 'rundtom_authz'),
        ('step_up', 'rundtom_web'),
        ('takers', 'rundtom_web'),
        ('takes_new', 'rundtom_web'),
        ('tell_of_consultation', 'rundtom_web'),
        ('threads_near', 'rundtom_authz'),
        ('tick_signs', 'rundtom_web'),
        ('unknown_files', 'rundtom_worker'),
        ('waiting_answers', 'rundtom_web'),
        ('waiting_callbacks', 'rundtom_web'),
        ('waiting_consultations', 'rundtom_web'),
        ('waiting_person', 'rundtom_web'),
        ('waits_for', 'rundtom_web, rundtom_authz'),
        ('withdraw_consent', 'rundtom_web'),
        ('withdraw_hand_over', 'rundtom_web'),
        ('works_as', 'rundtom_web'),
        ('works_today', 'rundtom_web, rundtom_authz')
      ) as c (name, roles) on c.name = p.proname
     where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
  loop
    execute format('revoke all on function %s from public', f.sig);
    if f.roles is not null then execute format('grant execute on function %s to %s', f.sig, f.roles); end if;
    if f.prosecdef then execute format('alter function %s owner to rundtom_authz', f.sig); end if;
    if f.roles = 'rundtom_owner' then -- by the command line only; what was granted to oneself left with the function
      set local role rundtom_authz;
      execute format('grant execute on function %s to rundtom_owner', f.sig);
      reset role;
    end if;
  end loop;
end $$;
