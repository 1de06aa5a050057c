package io.tealdesk.rehearsal.bench.desk;

import java.util.List;

/** A language that customers write in: its little words, and the words of a help desk from frequent to seldom. */
enum Tongue {
    ENGLISH(60, """
            the a to of and in for is it that not with on this we you are be have when at from as but or if our your my can
            was has will please after before again still only also now since there""", """
            order invoice account password problem delivery login customer printer payment error message update email
            address license refund parcel screen device network server report contract price button page file backup
            number question answer support version license connection shipment warranty keyboard monitor battery cable
            charger document subscription discount receipt bank transfer credit card tax amount quantity product item
            colour size return exchange replacement repair technician appointment office floor building door access badge
            meeting calendar phone call extension voicemail headset laptop tablet camera speaker software installation
            setting option menu window browser certificate domain website form field export import spreadsheet template
            signature attachment folder permission role group team manager colleague holiday training course manual guide
            broken missing wrong late damaged slow expired blocked lost cancelled duplicated empty locked forgotten
            confirm change send cancel check reset install remove replace open close print scan pay ship deliver charge"""),
    GERMAN(25, """
            der die das und in zu den nicht von mit ist auf für es im dem wir ich sie haben hat wird bei aus nach noch
            wie auch nur über wenn kann bitte seit wieder aber oder unser mein""", """
            Bestellung Rechnung Konto Passwort Problem Lieferung Anmeldung Kunde Drucker Zahlung Fehler Nachricht Update
            Adresse Lizenz Erstattung Paket Bildschirm Gerät Netzwerk Server Bericht Vertrag Preis Seite Datei Sicherung
            Nummer Frage Antwort Version Verbindung Versand Garantie Tastatur Monitor Akku Kabel Netzteil Dokument
            Abonnement Rabatt Beleg Bank Überweisung Gutschrift Karte Steuer Betrag Menge Artikel Farbe Größe Rückgabe
            Umtausch Ersatz Reparatur Techniker Termin Büro Etage Gebäude Tür Zugang Ausweis Besprechung Kalender Telefon
            Durchwahl Anrufbeantworter Kopfhörer Rechner Kamera Software Installation Einstellung Menü Fenster Browser
            Zertifikat Webseite Formular Feld Tabelle Vorlage Unterschrift Anhang Ordner Berechtigung Rolle Gruppe Leitung
            Kollegin Urlaub Schulung Handbuch kaputt fehlt falsch verspätet beschädigt langsam abgelaufen gesperrt verloren
            storniert doppelt leer vergessen bestätigen ändern senden prüfen zurücksetzen installieren ersetzen drucken"""),
    FRENCH(10, """
            le la les de des et à un une pour dans est il que ne pas avec sur nous vous je ce qui mais ou depuis encore""", """
            commande facture compte problème livraison connexion client imprimante paiement erreur message adresse licence
            remboursement colis écran appareil réseau serveur rapport contrat prix bouton page fichier numéro question
            réponse version garantie clavier batterie câble document abonnement remise reçu banque virement carte montant
            article retour échange réparation technicien bureau étage porte badge réunion téléphone logiciel fenêtre
            formulaire modèle dossier groupe formation manuel cassé perdu retard bloqué annulé vide confirmer changer"""),
    SPANISH(5, """
            el la los de y en un una para que no con por es se lo su al como pero si nos desde todavía""", """
            pedido factura cuenta contraseña problema entrega cliente impresora pago error mensaje dirección licencia
            reembolso paquete pantalla equipo red servidor informe contrato precio botón página archivo número pregunta
            respuesta versión garantía teclado batería cable documento descuento recibo banco tarjeta importe artículo
            devolución cambio reparación técnico oficina planta puerta reunión teléfono programa ventana formulario
            carpeta grupo curso manual roto perdido tarde bloqueado cancelado vacío confirmar cambiar enviar""");

    private final int percent;
    private final String littleWords;
    private final String words;

    Tongue(int percent, String littleWords, String words) {
        this.percent = percent;
        this.littleWords = littleWords;
        this.words = words;
    }

    /** Of a hundred customers. */
    int percent() {
        return percent;
    }

    List<String> littleWords() {
        return split(littleWords);
    }

    List<String> words() {
        return split(words);
    }

    private static List<String> split(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
