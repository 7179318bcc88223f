#!/usr/bin/perl -T
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
#
# perl -T -I... rules_of_spamassassin.pl ROOT FOLDER: reads names of message files from standard input, one in a line,
# and prints a line "NAME RULE,RULE..." for each: what SpamAssassin finds with the rules of its package, without the
# network. ROOT is where the package was unpacked; FOLDER is for its files.
use strict;
use warnings;

use Mail::SpamAssassin;

my ($root, $folder) = map { /^([\w.\/-]+)$/ ? $1 : die "no folder: $_" } @ARGV;
my $assassin = Mail::SpamAssassin->new({
    rules_filename      => "$root/usr/share/spamassassin",
    site_rules_filename => "$root/etc/spamassassin",
    userstate_dir       => $folder,
    userprefs_filename  => '/dev/null',
    home_dir_for_helpers => $folder,
    dont_copy_prefs     => 1,
    local_tests_only    => 1,
    post_config_text    => "use_bayes 0\nuse_auto_whitelist 0\n",
});

$| = 1;
while (my $line = <STDIN>) {
    my ($name) = $line =~ /^([\w.\/-]+)$/ or die "no file name: $line";
    open my $file, '<:raw', $name or die "$name: $!";
    my $message = $assassin->parse(do { local $/; <$file> });
    close $file;
    my $status = $assassin->check($message);
    print "$name ", $status->get_names_of_tests_hit(), "\n";
    $status->finish();
    $message->finish();
}
